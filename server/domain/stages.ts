/** The stages of a project as an order: what lies above what, where a version begins, answers and ends. */
import { hash32 } from './hash.ts';
import type { Stage, StageRole } from './stages.schema.ts';

type Stages = readonly Pick<Stage, 'name' | 'title' | 'place' | 'role'>[];

/** The role of a stage; null when the project has none of that name (it was removed since). */
export function roleOf(stages: Stages, name: string): StageRole | null {
  return stages.find((stage) => stage.name === name)?.role ?? null;
}

/** Whether versions in this stage answer callers: what people mean by "in production". */
export function isServing(stages: Stages, name: string): boolean {
  return roleOf(stages, name) === 'serving';
}

/** What people call a stage; its name when the project has it no more. */
export function titleOf(stages: Stages, name: string): string {
  return stages.find((stage) => stage.name === name)?.title ?? name;
}

/** The stages in their order, the lowest first; the one where versions end counts as lowest. */
export function ascending<S extends Stages[number]>(stages: readonly S[]): S[] {
  return [...stages].sort((a, b) => height(a) - height(b));
}

/** Whether `to` lies above `from`, so that a request with its gates is needed. Unknown stages lie lowest. */
export function isUp(stages: Stages, from: string, to: string): boolean {
  const find = (name: string) => stages.find((stage) => stage.name === name);
  return height(find(to)) > height(find(from));
}

/** The stages that a version in `from` can be asked up to, the nearest first. */
export function targetsFrom<S extends Stages[number]>(stages: readonly S[], from: string): S[] {
  return ascending(stages).filter(
    (stage) => (stage.role === 'gate' || stage.role === 'serving') && isUp(stages, from, stage.name),
  );
}

/** The stage of a role that comes first in the order. @throws when there is none: stages are checked when they are saved */
export function firstWith<S extends Stages[number]>(stages: readonly S[], role: StageRole): S {
  const found = ascending(stages).find((stage) => stage.role === role);
  if (!found) throw new Error(`A project without a stage of role ${role}.`);
  return found;
}

/** The stage into which a version falls from `name` when it is rolled back: the nearest below that doesn't serve. */
export function stageBelow<S extends Stages[number]>(stages: readonly S[], name: string): S {
  const below = ascending(stages).filter(
    (stage) => stage.role !== 'serving' && stage.role !== 'end' && isUp(stages, stage.name, name),
  );
  return below.at(-1) ?? firstWith(stages, 'start');
}

/**
 * How a stage is drawn: `filled` of `of` pips. The end has none filled.
 * @returns null for a stage that the project doesn't have
 */
export function pipsOf(stages: Stages, name: string): { filled: number; of: number } | null {
  const order = ascending(stages).filter((stage) => stage.role !== 'end');
  const at = order.findIndex((stage) => stage.name === name);
  if (at < 0) return stages.some((stage) => stage.name === name) ? { filled: 0, of: order.length } : null;
  return { filled: at + 1, of: order.length };
}

/** A text that changes with the list: what was seen is given back when it is saved. */
export function stagesRevision(stages: readonly Stage[]): string {
  const listed = [...stages].sort((a, b) => a.place - b.place);
  return hash32(JSON.stringify(listed.map(({ name, title, role, description }) => [name, title, role, description]))).toString(
    16,
  );
}

/** What keeps a list of stages from being saved, in words; empty when nothing does. */
export function problemsOf(stages: Stages): string[] {
  const count = (role: StageRole) => stages.filter((stage) => stage.role === role).length;
  const names = new Set<string>();
  const twice = stages.filter((stage) => names.size === names.add(stage.name).size);
  const problems = twice.map((stage) => `There are two stages named ${stage.name}.`);
  if (count('start') !== 1) problems.push('Exactly one stage is where versions begin.');
  if (count('end') !== 1) problems.push('Exactly one stage is where versions end.');
  if (count('serving') === 0) problems.push('At least one stage serves, or nothing could ever answer.');
  const order = [...stages].sort((a, b) => a.place - b.place);
  if (order.length > 0 && order[0]?.role !== 'start') problems.push('The stage where versions begin comes first.');
  if (order.length > 0 && order.at(-1)?.role !== 'end') problems.push('The stage where versions end comes last.');
  if (stages.length > 12) problems.push('A project has at most 12 stages.');
  return problems;
}

function height(stage: Stages[number] | undefined): number {
  return !stage || stage.role === 'end' ? -1 : stage.place;
}
