import type { StageRole } from '#server/domain/stages.schema.ts';
import { stageNameSchema } from '#server/domain/stages.schema.ts';
import { problemsOf } from '#server/domain/stages.ts';
import type { StagesView } from '#server/features/models/stages.schema.ts';

/** One stage while it is edited. `key` stays while its name is typed; `known` is what is saved of it. */
export type StageDraft = {
  key: string;
  name: string;
  title: string;
  role: StageRole;
  description: string;
  known: StagesView['stages'][number] | null;
};

/** What each role means, for the one who chooses. */
export const ROLE_WORDS: Record<StageRole, string> = {
  start: 'versions begin here',
  gate: 'entered through gates',
  serving: 'answers callers',
  end: 'versions end here',
};

export function draftOf(view: StagesView): StageDraft[] {
  return view.stages.map((stage) => ({
    key: stage.name,
    name: stage.name,
    title: stage.title,
    role: stage.role,
    description: stage.description,
    known: stage,
  }));
}

/** Puts a stage one place up or down; the first and the last stay where they are. */
export function moved(draft: readonly StageDraft[], index: number, by: -1 | 1): StageDraft[] {
  const next = [...draft];
  const [stage] = next.splice(index, 1);
  if (stage) next.splice(index + by, 0, stage);
  return next;
}

/** A new stage before the one where versions end. */
export function withNew(draft: readonly StageDraft[]): StageDraft[] {
  const key = `new-${draft.length}-${draft.filter((stage) => !stage.known).length}`;
  const made: StageDraft = { key, name: '', title: '', role: 'gate', description: '', known: null };
  return [...draft.slice(0, -1), made, ...draft.slice(-1)];
}

/** What keeps the list from being saved, in words. */
export function problemsOfDraft(draft: readonly StageDraft[]): string[] {
  const named = draft.flatMap((stage) => {
    const parsed = stageNameSchema.safeParse(stage.name);
    if (!parsed.success) return [`${stage.title || 'A stage'}: ${parsed.error.issues[0]?.message}`];
    return stage.title.trim() === '' ? [`Give the stage ${stage.name} a title.`] : [];
  });
  return [...named, ...problemsOf(draft.map((stage, place) => ({ ...stage, place })))];
}

/** A name from a title: "Pre-production EU" -> pre-production-eu. */
export function nameFrom(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}
