import type { CreateLabelingInput, LabelDefinition } from '#server/features/labeling/labeling.schema.ts';
import { createLabelingInput, RESERVED_KEYS } from '#server/features/labeling/labeling.schema.ts';

/** What the form needs to know of the dataset version. */
export type VersionFacts = {
  id: string;
  dataset: string;
  columns: { name: string; kind: LabelingColumnKind }[];
  profile: {
    columns: { name: string; top: { value: string; count: number }[] | null }[];
    parts: { name: string; rows: number; labeled: number }[];
  } | null;
};
type LabelingColumnKind = 'text' | 'number' | 'category' | 'label' | 'time' | 'key' | 'ignore';

export type FormValues = {
  name: string;
  question: string;
  labels: LabelDefinition[];
  guideline: string;
  columns: string[];
  split: string;
  n: number | string;
  seed: number | string;
  onlyUnlabeled: boolean;
  leaseMinutes: number | string;
};

export const ANY_PART = '';
const MOST_SUGGESTED = 9;
const KEYS = '123456789qwertyuiopadfhjklzxcvbnm'.split('').filter((key) => !RESERVED_KEYS.some((reserved) => reserved === key));

/** A form begun from what the version holds: its own labels as answers, every column shown but key and label. */
export function beginForm(version: VersionFacts): FormValues {
  const labelColumn = version.columns.find((column) => column.kind === 'label');
  const known = version.profile?.columns.find((column) => column.name === labelColumn?.name)?.top ?? [];
  const names = known.slice(0, MOST_SUGGESTED).map((top) => top.value);
  return {
    name: '',
    question: '',
    labels: withKeys(names.length >= 2 ? names : ['', '']),
    guideline: '',
    columns: showable(version).map((column) => column.name),
    split: version.profile?.parts.some((part) => part.name === 'train') ? 'train' : ANY_PART,
    n: 100,
    seed: 1,
    onlyUnlabeled: labelColumn !== undefined,
    leaseMinutes: 5,
  };
}

function withKeys(names: string[]): LabelDefinition[] {
  const labels: LabelDefinition[] = [];
  for (const name of names) labels.push(nextLabel(labels, name));
  return labels;
}

/** Columns that may be shown: not the answer itself, not the key, first what is read. */
export function showable(version: VersionFacts): VersionFacts['columns'] {
  const rank = (kind: LabelingColumnKind) => (kind === 'text' ? 1 : 0);
  return version.columns
    .filter((column) => column.kind !== 'label' && column.kind !== 'key' && column.kind !== 'ignore')
    .sort((a, b) => rank(a.kind) - rank(b.kind));
}

/** A further label with the next free key and colour. */
export function nextLabel(labels: readonly LabelDefinition[], name = ''): LabelDefinition {
  const used = new Set(labels.map((label) => label.hotkey));
  return { name, color: (labels.length % 5) + 1, hotkey: KEYS.find((key) => !used.has(key)) ?? '', description: '' };
}

/** Rows that the choice leaves, or null while the version's profile doesn't say. */
export function rowsToChooseFrom(version: VersionFacts, values: Pick<FormValues, 'split' | 'onlyUnlabeled'>): number | null {
  if (!version.profile) return null;
  return version.profile.parts
    .filter((part) => values.split === ANY_PART || part.name === values.split)
    .reduce((sum, part) => sum + part.rows - (values.onlyUnlabeled ? part.labeled : 0), 0);
}

/** The form as what the server takes, or the words for each field that it would refuse. */
export function toInput(
  version: VersionFacts,
  values: FormValues,
): { ok: true; input: CreateLabelingInput } | { ok: false; errors: Record<string, string> } {
  const parsed = createLabelingInput.safeParse({
    name: values.name,
    question: values.question,
    labels: values.labels,
    guideline: values.guideline,
    datasetVersionId: version.id,
    columns: values.columns,
    leaseSeconds: Math.round(Number(values.leaseMinutes) * 60),
    sample: {
      n: Number(values.n),
      seed: Number(values.seed),
      onlyUnlabeled: values.onlyUnlabeled,
      ...(values.split === ANY_PART ? {} : { split: values.split }),
    },
  });
  if (parsed.success) return { ok: true, input: parsed.data };
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const path = issue.path.filter((part) => part !== 'sample').join('.');
    errors[path === 'leaseSeconds' ? 'leaseMinutes' : path] ??= wordsOf(issue);
  }
  return { ok: false, errors };
}

function wordsOf(issue: { code: string; message: string; path: PropertyKey[] }): string {
  const field = String(issue.path.at(-1));
  if (field === 'leaseSeconds') return 'From half a minute to an hour.';
  if (field === 'n') return 'At least one row, at most 50,000.';
  if (field === 'seed') return 'A whole number from 0.';
  if (issue.code === 'too_small' && (field === 'name' || field === 'question')) return 'This is needed.';
  return issue.message;
}
