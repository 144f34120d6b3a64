import type { ProjectScope } from '#server/auth/actor.ts';
import { systemScope } from '#server/auth/actor.ts';
import { drawRows, eligibleRows } from '#server/domain/labeling/choose.ts';
import { isDomainError } from '#server/errors.ts';
import { readColumns } from '#server/features/datasets/rows.service.ts';
import { getReadyVersion, getVersion } from '#server/features/datasets/versions.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import type { JobHandler } from '#server/platform/queue/queue.ts';
import { enqueue } from '#server/platform/queue/queue.ts';
import type { PrepareLabeling } from './labeling.jobs.ts';
import { prepareLabelingJob } from './labeling.jobs.ts';
import type { LabelingRow } from './labeling.repo.ts';
import { endPreparation, findLabelingById, insertItems } from './labeling.repo.ts';
import type { DisplayColumn, Sample } from './labeling.schema.ts';
import { chooseColumns } from './labeling.service.ts';

const BATCH = 500;
const LOOK_AGAIN_MS = 1500;

/** Fills the queue of a new labeling project. Running twice gives the same queue. */
export const handler: JobHandler<PrepareLabeling> = async (payload, { signal, log }) => {
  const scope = systemScope({ id: payload.projectId, name: payload.projectName });
  const labeling = await findLabelingById(db, scope, payload.labelingId);
  if (labeling?.status !== 'preparing') return;
  const source = await getVersion(scope, labeling.datasetVersionId);
  if (source.status === 'building') {
    await enqueue(db, prepareLabelingJob, payload, { startAfter: new Date(Date.now() + LOOK_AGAIN_MS) });
    return;
  }
  try {
    if (source.status !== 'ready')
      return await fail(scope, labeling, 'The dataset version could not be built, so there is nothing to label.');
    const drawn = await drawSample(scope, labeling);
    if (drawn.rows.length === 0) return await fail(scope, labeling, emptySample(labeling));
    for (let at = 0; at < drawn.rows.length; at += BATCH) {
      signal.throwIfAborted();
      const items = drawn.rows.slice(at, at + BATCH).map((row, index) => ({ position: at + index + 1, ...row }));
      await insertItems(db, scope, labeling.id, items);
    }
    await transaction(async (tx) => {
      await endPreparation(tx, scope, labeling.id, {
        status: 'active',
        sample: drawn.sample,
        displayColumns: drawn.displayColumns,
      });
      await publish(tx, { projectId: scope.projectId, type: 'label.project', id: labeling.id });
    });
    log.info({ labeling: labeling.name, items: drawn.rows.length }, 'labeling queue filled');
  } catch (error) {
    if (!isDomainError(error)) throw error;
    await fail(scope, labeling, error.message);
  }
};

type Drawn = {
  rows: { rowKey: string; data: Record<string, string | number | null> }[];
  sample: Sample;
  displayColumns: DisplayColumn[];
};

async function drawSample(scope: ProjectScope, labeling: LabelingRow): Promise<Drawn> {
  const version = await getReadyVersion(scope, labeling.datasetVersionId);
  const { sample, keyColumn } = labeling;
  const wanted = labeling.displayColumns.map((column) => column.name);
  const { displayColumns } = chooseColumns(version.columns, { columns: wanted, keyColumn });
  const label =
    sample.kind === 'random' && sample.onlyUnlabeled
      ? version.columns.find((column) => column.kind === 'label')?.name
      : undefined;
  const { columns } = await readColumns(scope, version.id, {
    columns: [...new Set([keyColumn, ...wanted, ...(label ? [label] : [])])],
    ...(sample.kind === 'random' && sample.split ? { split: sample.split } : {}),
  });
  const keys = columns[keyColumn] ?? [];
  const eligible = eligibleRows(keys, label ? (columns[label] ?? null) : null);
  const chosen = sample.kind === 'random' ? drawRows(eligible, sample.n, sample.seed) : inOrderOf(sample.keys, keys, eligible);
  return {
    displayColumns,
    sample: sample.kind === 'random' ? { ...sample, available: eligible.length } : { ...sample, found: chosen.length },
    rows: chosen.map((index) => ({
      rowKey: String(keys[index]),
      data: Object.fromEntries(wanted.map((name) => [name, columns[name]?.[index] ?? null])),
    })),
  };
}

function inOrderOf(wanted: string[], keys: readonly (string | number | null)[], eligible: number[]): number[] {
  const indexOf = new Map(eligible.map((index) => [String(keys[index]), index]));
  return wanted.flatMap((key) => indexOf.get(key) ?? []);
}

function emptySample({ sample }: LabelingRow): string {
  if (sample.kind === 'keys') return 'None of the rows that were chosen is in this dataset version.';
  const part = sample.split ? ` of the part "${sample.split}"` : '';
  return sample.onlyUnlabeled
    ? `Every row${part} has a label already. Make a labeling project that also takes labeled rows, or choose another version.`
    : `There is no row${part} in this dataset version.`;
}

async function fail(scope: ProjectScope, labeling: LabelingRow, error: string): Promise<void> {
  await transaction(async (tx) => {
    await endPreparation(tx, scope, labeling.id, { status: 'failed', error });
    await publish(tx, { projectId: scope.projectId, type: 'label.project', id: labeling.id });
  });
}
