import { DomainError } from '#server/errors.ts';
import { type Feature, MAX_TRIALS } from './training.schema.ts';

type VersionLike = {
  dataset: string;
  number: number;
  columns: readonly { name: string; kind: string }[];
  split: { parts: readonly { name: string; rows: number }[] } | null;
};

/** Parts that every launch needs: one to learn from, one to judge by. */
const PARTS = ['train', 'test'] as const;

/** Why nothing can be trained on a version; empty when it can. */
export function trainingProblems(version: VersionLike): string[] {
  const problems: string[] = [];
  const name = `${version.dataset} v${version.number}`;
  if (!version.columns.some((column) => column.kind === 'label')) {
    problems.push(`${name} has no label column. Import labels, or label rows, and take the version that comes of it.`);
  }
  const parts = version.split?.parts ?? [];
  const lacking = PARTS.filter((part) => !parts.some((one) => one.name === part && one.rows > 0));
  if (lacking.length > 0) {
    problems.push(`${name} has no rows in part ${lacking.join(' and ')}. Divide it into train and test first.`);
  }
  return problems;
}

/** Columns that can be learned from, with the kind that suits them. */
export function possibleFeatures(version: VersionLike): Feature[] {
  return version.columns.flatMap(({ name, kind }) =>
    kind === 'text' || kind === 'number' || kind === 'category' ? [{ name, kind }] : [],
  );
}

/** @throws DomainError INVALID when the version can't be trained on, or a feature isn't one of its columns */
export function assertTrainable(version: VersionLike, features: readonly Feature[]): void {
  const [problem] = trainingProblems(version);
  if (problem) throw new DomainError('INVALID', problem);
  const possible = possibleFeatures(version);
  for (const feature of features) {
    const column = possible.find((one) => one.name === feature.name);
    if (!column)
      throw new DomainError('INVALID', `${version.dataset} v${version.number} has no column ${feature.name} to learn from.`);
    if (feature.kind === 'number' && column.kind !== 'number') {
      throw new DomainError('INVALID', `${feature.name} holds ${column.kind}, so it can’t be taken as a number.`);
    }
  }
}

/** @throws DomainError INVALID when there are too many */
export function assertTrialCount(count: number): void {
  if (count <= MAX_TRIALS) return;
  throw new DomainError(
    'INVALID',
    `These values make ${count} trials; at most ${MAX_TRIALS} go into one launch. Leave some out.`,
  );
}
