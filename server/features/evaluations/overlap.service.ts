import type { ProjectScope } from '#server/auth/actor.ts';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import { findSharedRows } from './shared-rows.repo.ts';
import type { GoldPart } from './suite.schema.ts';

/** Whether a version learned from the rows that it is judged on. `rows` null when that can't be known. */
export type Overlap = { number: number; rows: number | null; sentence: string };

type Learned = { number: number; datasetVersionId: string | null };

export const TRAIN = 'train';
const NAMED = 10;

/**
 * Gold rows that a version learned from, found by the hash of what identifies a row: its key; in one dataset without a
 * key its position; between datasets without a common key all that it holds.
 */
export async function overlapWith(scope: ProjectScope, learned: Learned, gold: GoldPart): Promise<Overlap> {
  const { number } = learned;
  if (!learned.datasetVersionId) {
    return {
      number,
      rows: null,
      sentence: `What v${number} learned from isn’t known here, so nothing says that it hasn’t seen these rows.`,
    };
  }
  const found = await sharedWithTraining(scope, learned.datasetVersionId, gold);
  if (!found)
    return {
      number,
      rows: null,
      sentence: `What v${number} learned from shares no column with these rows, so the two can’t be compared.`,
    };
  const { shared, rows, source, by } = found;
  if (shared === 0)
    return { number, rows: 0, sentence: `v${number} learned from ${source}; none of these rows was among them, by ${by}.` };
  return {
    number,
    rows: shared,
    sentence: `v${number} learned from ${shared.toLocaleString('en')} of these rows (${source}, by ${by}): ${namedRows(rows, shared)}. Figures on rows that it knows say nothing; judge it on others.`,
  };
}

/** Rows of the gold part that stand in the training part of a dataset version; null when they share no column. */
export async function sharedWithTraining(
  scope: ProjectScope,
  trainingVersionId: string,
  gold: GoldPart,
): Promise<{ shared: number; rows: number[]; source: string; by: string } | null> {
  const [training, asked] = [
    await getReadyVersion(scope, trainingVersionId),
    await getReadyVersion(scope, gold.datasetVersionId),
  ];
  const identity = identityOf(training, asked);
  if (identity.columns.length === 0) return null;
  const { shared, rows } = await findSharedRows({
    asked: { path: await objectPath(asked.dataKey), split: gold.split },
    learned: { path: await objectPath(training.dataKey), split: training.split ? TRAIN : null },
    columns: identity.columns,
    limit: NAMED,
  });
  return { shared, rows, source: `${training.dataset} v${training.number}`, by: identity.name };
}

/** `rows 3, 4, 9 and 12 more`. */
export function namedRows(rows: readonly number[], total: number): string {
  const more = total - rows.length;
  return `${total === 1 ? 'row' : 'rows'} ${rows.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}`;
}

function identityOf(learned: VersionDetail, judged: VersionDetail): { columns: string[]; name: string } {
  const key = judged.columns.find((column) => column.kind === 'key')?.name;
  if (key && learned.columns.some((column) => column.name === key && column.kind === 'key'))
    return { columns: [key], name: `key ${key}` };
  if (learned.datasetId === judged.datasetId) return { columns: ['_row'], name: 'position in the dataset' };
  const held = new Set(learned.columns.map((column) => column.name));
  const content = judged.columns.filter(({ name, kind }) => held.has(name) && ['text', 'number', 'category'].includes(kind));
  return { columns: content.map((column) => column.name), name: 'contents' };
}
