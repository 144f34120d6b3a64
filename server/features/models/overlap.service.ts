import type { ProjectScope } from '#server/auth/actor.ts';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import type { VersionWithModel } from './models.repo.ts';
import { countSharedRows, spanOfRows } from './overlap.repo.ts';

/** Whether a version was trained on rows that it is now asked about. `rows` is null when that can't be known. */
export type Overlap = { number: number; rows: number | null; sentence: string };

type Asked = { datasetVersionId: string; split: string };

const TRAIN = 'train';

/**
 * Rows of the part to be judged that the version learned from. Rows are the same when they have the same key; in one
 * dataset without a key, the same position; between datasets without a common key, the same contents.
 */
export async function findOverlap(scope: ProjectScope, version: VersionWithModel, asked: Asked): Promise<Overlap> {
  const { number } = version;
  if (!version.datasetVersionId) {
    return {
      number,
      rows: null,
      sentence: `What v${number} learned from isn’t known here, so nothing says that it hasn’t seen these rows.`,
    };
  }
  const [learned, judged] = [
    await getReadyVersion(scope, version.datasetVersionId),
    await getReadyVersion(scope, asked.datasetVersionId),
  ];
  const identity = identityOf(learned, judged);
  if (!learned.dataKey || !judged.dataKey || identity.columns.length === 0) {
    return {
      number,
      rows: null,
      sentence: `Rows of ${learned.dataset} and ${judged.dataset} can’t be compared: they share no column.`,
    };
  }
  const rows = await countSharedRows({
    asked: { path: await objectPath(judged.dataKey), split: asked.split },
    learned: { path: await objectPath(learned.dataKey), split: TRAIN },
    columns: identity.columns,
  });
  const source = `${learned.dataset} v${learned.number}`;
  return {
    number,
    rows,
    sentence:
      rows === 0
        ? `v${number} learned from ${source}; none of these rows was among them, by ${identity.name}.`
        : `v${number} learned from ${rows} of these rows (${source}, by ${identity.name}).`,
  };
}

/** How many rows the part has, and between which moments they lie where there is a time column. */
export async function findSpan(
  scope: ProjectScope,
  asked: Asked,
): Promise<{ rows: number; from: string | null; to: string | null }> {
  const version = await getReadyVersion(scope, asked.datasetVersionId);
  if (!version.dataKey) return { rows: 0, from: null, to: null };
  const timeColumn = version.columns.find((column) => column.kind === 'time')?.name ?? null;
  return spanOfRows({ rows: { path: await objectPath(version.dataKey), split: asked.split }, timeColumn });
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
