import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { getReadyVersion, getVersion } from '#server/features/datasets/versions.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { isUniqueViolation } from '#server/platform/db/errors.ts';
import { publish } from '#server/platform/events/events.ts';
import { enqueue } from '#server/platform/queue/queue.ts';
import { prepareLabelingJob } from './labeling.jobs.ts';
import { seesTeam } from './labeling.policy.ts';
import type { LabelingRow, NewLabeling } from './labeling.repo.ts';
import { findLabelingByName, findLabelings, insertLabeling, updateLabeling } from './labeling.repo.ts';
import type {
  CreateFromKeysInput,
  CreateLabelingInput,
  LabelingDetail,
  LabelingSummary,
  SetStateInput,
  UpdateLabelingInput,
} from './labeling.schema.ts';
import { viewDetail, viewSummary } from './labeling.view.ts';
import { countItems, findActivity } from './progress.repo.ts';

/**
 * Makes a labeling project over a version that is ready. Its rows are drawn by a job; until then it is "preparing".
 * @throws DomainError INVALID for columns that the version lacks, CONFLICT for a name that is taken.
 */
export async function createLabeling(scope: ProjectScope, input: CreateLabelingInput): Promise<LabelingDetail> {
  const version = await getReadyVersion(scope, input.datasetVersionId);
  const { displayColumns, keyColumn } = chooseColumns(version.columns, input);
  const split = input.sample.split;
  if (split && version.split && !version.split.parts.some((part) => part.name === split)) {
    const parts = version.split.parts.map((part) => part.name).join(', ');
    throw new DomainError('INVALID', `${version.dataset} v${version.number} has no part "${split}". It has ${parts}.`);
  }
  const row = await unlessTaken(input.name, () =>
    transaction((tx) =>
      insertAndPrepare(tx, scope, { ...bare(input), displayColumns, keyColumn, sample: { kind: 'random', ...input.sample } }),
    ),
  );
  return getLabeling(scope, row.name);
}

/**
 * Makes a labeling project over rows that are named by key, in the caller's transaction; the version may still be
 * building. For monitoring: rows of production whose outcomes lack. Columns that the version turns out to lack end
 * the preparation with an error.
 */
export async function createLabelingProjectFromKeys(
  tx: Tx,
  scope: ProjectScope,
  input: CreateFromKeysInput,
): Promise<{ id: string; name: string }> {
  if (await findLabelingByName(tx, scope, input.name)) throw taken(input.name);
  const row = await insertAndPrepare(tx, scope, {
    ...bare(input),
    displayColumns: input.columns.map((name) => ({ name, kind: 'text' })),
    keyColumn: input.keyColumn ?? '_row',
    sample: { kind: 'keys', keys: [...new Set(input.rowKeys)] },
  });
  return { id: row.id, name: row.name };
}

/** All labeling projects, newest first, with how far they are. */
export async function listLabelings(scope: ProjectScope): Promise<LabelingSummary[]> {
  const rows = await findLabelings(db, scope);
  const facts = await factsOf(scope, rows);
  return rows.map((row) => viewSummary(row, facts(row)));
}

/** One labeling project by name. */
export async function getLabeling(scope: ProjectScope, name: string): Promise<LabelingDetail> {
  const row = await requireLabeling(db, scope, name);
  const facts = await factsOf(scope, [row]);
  const source = await getVersion(scope, row.datasetVersionId);
  return viewDetail(row, {
    ...facts(row),
    source: { datasetId: source.datasetId, dataset: source.dataset, versionId: source.id, number: source.number },
  });
}

/** Changes question or guideline, unless somebody else did since `version` was read. */
export async function editLabeling(scope: ProjectScope, input: UpdateLabelingInput): Promise<LabelingDetail> {
  const { question, guideline } = input;
  await change(scope, input, 'labeling.updated', () => ({
    ...(question === undefined ? {} : { question }),
    ...(guideline === undefined ? {} : { guideline }),
  }));
  return getLabeling(scope, input.labeling);
}

/** Closes a labeling project (nobody gets items any more) or opens it again. Answers stay. */
export async function setLabelingState(scope: ProjectScope, input: SetStateInput): Promise<LabelingDetail> {
  await change(scope, input, input.state === 'closed' ? 'labeling.closed' : 'labeling.reopened', (row) => {
    if (row.status === 'preparing' || row.status === 'failed') {
      throw new DomainError('CONFLICT', `${row.name} has no queue yet, so it can't be closed or opened.`);
    }
    return { status: input.state, closedAt: input.state === 'closed' ? new Date() : null };
  });
  return getLabeling(scope, input.labeling);
}

/** @throws DomainError NOT_FOUND when this project has no labeling project of that name. */
export async function requireLabeling(tx: Tx, scope: ProjectScope, name: string): Promise<LabelingRow> {
  const row = await findLabelingByName(tx, scope, name);
  if (!row) throw notFound(`labeling project ${name}`);
  return row;
}

/**
 * Which columns are shown and which one names a row.
 * @throws DomainError INVALID for a column that isn't there, or that would show the answer.
 */
export function chooseColumns(
  have: readonly { name: string; kind: NewLabeling['displayColumns'][number]['kind'] }[],
  wanted: { columns: string[]; keyColumn?: string | undefined },
): Pick<NewLabeling, 'displayColumns' | 'keyColumn'> {
  const byName = new Map(have.map((column) => [column.name, column]));
  const displayColumns = wanted.columns.map((name) => {
    const column = byName.get(name);
    if (!column)
      throw new DomainError('INVALID', `The dataset version has no column "${name}". It has ${[...byName.keys()].join(', ')}.`);
    if (column.kind === 'label')
      throw new DomainError('INVALID', `"${name}" is the label itself, so it can't be shown to who labels.`);
    return { name: column.name, kind: column.kind };
  });
  const keyColumn = wanted.keyColumn ?? have.find((column) => column.kind === 'key')?.name ?? '_row';
  if (keyColumn !== '_row' && !byName.has(keyColumn)) {
    throw new DomainError('INVALID', `The dataset version has no column "${keyColumn}" to name its rows by.`);
  }
  return { displayColumns, keyColumn };
}

async function insertAndPrepare(tx: Tx, scope: ProjectScope, row: NewLabeling): Promise<LabelingRow> {
  const made = await insertLabeling(tx, scope, row);
  await enqueue(tx, prepareLabelingJob, { projectId: scope.projectId, projectName: scope.projectName, labelingId: made.id });
  await recordAudit(tx, scope, {
    action: 'labeling.created',
    target: { type: 'labeling_project', id: made.id, name: made.name },
    details: {
      datasetVersionId: made.datasetVersionId,
      question: made.question,
      sample: made.sample.kind === 'keys' ? { keys: made.sample.keys.length } : made.sample,
    },
  });
  await publish(tx, { projectId: scope.projectId, type: 'label.project', id: made.id });
  return made;
}

async function change(
  scope: ProjectScope,
  at: { labeling: string; version: number },
  action: string,
  patchOf: (row: LabelingRow) => Parameters<typeof updateLabeling>[3],
): Promise<void> {
  await transaction(async (tx) => {
    const row = await requireLabeling(tx, scope, at.labeling);
    const patch = patchOf(row);
    if (!(await updateLabeling(tx, scope, { id: row.id, version: at.version }, patch))) {
      throw new DomainError(
        'CONFLICT',
        `Somebody else changed ${row.name} while you had it open. Look at it as it is now, then change it again.`,
        {
          version: row.version,
        },
      );
    }
    await recordAudit(tx, scope, {
      action,
      target: { type: 'labeling_project', id: row.id, name: row.name },
      details: { changed: Object.keys(patch) },
    });
    await publish(tx, { projectId: scope.projectId, type: 'label.project', id: row.id });
  });
}

async function factsOf(scope: ProjectScope, rows: LabelingRow[]) {
  const ids = rows.map((row) => row.id);
  const counts = await countItems(db, scope, ids);
  const userId = scope.actor.kind === 'user' ? scope.actor.id : null;
  const activity = await findActivity(db, scope, { labelingIds: ids, userId });
  return (row: LabelingRow) => ({ counts: counts.get(row.id), activity: activity.get(row.id), seesTeam: seesTeam(scope) });
}

function bare(input: CreateLabelingInput | CreateFromKeysInput) {
  const { name, question, guideline, labels, datasetVersionId, leaseSeconds } = input;
  return { name, question, guideline, labels, datasetVersionId, leaseSeconds };
}

async function unlessTaken<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error)) throw taken(name);
    throw error;
  }
}

function taken(name: string): DomainError {
  return new DomainError('CONFLICT', `There is a labeling project "${name}" in this project already. Choose another name.`);
}
