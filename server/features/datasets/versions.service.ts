import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { enqueue } from '#server/platform/queue/queue.ts';
import { buildVersionJob } from './datasets.jobs.ts';
import { assertFitsParent, assertOpen, assertReady, assertSplitFits } from './datasets.policy.ts';
import { findDatasetById } from './datasets.repo.ts';
import type { LineageLink, Recipe, Split } from './recipe.schema.ts';
import { recipeSchema } from './recipe.schema.ts';
import { findUpload } from './uploads.repo.ts';
import {
  countUsage,
  findNewestReadyVersion,
  findPeople,
  findVersion,
  findVersionByNumber,
  findVersionsByIds,
  insertVersion,
  markFailed,
} from './versions.repo.ts';
import type { Usage, VersionDetail, VersionRecord } from './versions.schema.ts';
import { versionDetail } from './versions.view.ts';

export type VersionRequest = { datasetId: string; recipe: Recipe; lineage: LineageLink[]; note?: string };

/**
 * Asks for a further version of a dataset, in the caller's transaction; a job builds it. A link to the parent is added
 * to the lineage where it lacks.
 * @throws DomainError NOT_FOUND, INVALID for a recipe that doesn't fit, CONFLICT for a parent that isn't ready
 */
export async function requestVersion(tx: Tx, scope: ProjectScope, o: VersionRequest): Promise<{ id: string; number: number }> {
  const parsed = recipeSchema.safeParse(o.recipe);
  if (!parsed.success) throw new DomainError('INVALID', parsed.error.issues.map((issue) => issue.message).join(' '));
  const recipe = parsed.data;
  const dataset = await findDatasetById(tx, scope, o.datasetId);
  if (!dataset) throw notFound('dataset');
  assertOpen(dataset);
  const parent = await checkParent(tx, scope, recipe);
  const lineage = parent && !o.lineage.some((link) => link.id === parent.id) ? [parentLink(parent), ...o.lineage] : o.lineage;
  const created = await insertVersion(tx, scope, {
    datasetId: dataset.id,
    recipe,
    lineage,
    note: o.note ?? '',
    parentId: parent?.id ?? null,
    sourceKey: await sourceOf(tx, scope, recipe),
  });
  if (!created) throw notFound('dataset');
  await enqueue(tx, buildVersionJob, { projectId: scope.projectId, versionId: created.id });
  await recordAudit(tx, scope, {
    action: 'dataset.version.created',
    target: { type: 'dataset_version', id: created.id, name: `${dataset.name} v${created.number}` },
    details: { recipe: recipe.kind, lineage: lineage.map((link) => `${link.type} ${link.name}`) },
  });
  await publish(tx, { projectId: scope.projectId, type: 'dataset.version', id: created.id });
  return created;
}

async function checkParent(tx: Tx, scope: ProjectScope, recipe: Recipe): Promise<VersionDetail | null> {
  if (recipe.kind === 'import') {
    assertSplitFits(recipe.split, recipe.columns);
    return null;
  }
  const record = await findVersion(tx, scope, recipe.parentId);
  if (!record) throw notFound('dataset version');
  const parent = versionDetail(record, new Map());
  assertReady(parent);
  assertFitsParent(recipe, parent.columns);
  return parent;
}

function parentLink(parent: VersionDetail): LineageLink {
  return { type: 'dataset_version', id: parent.id, name: `${parent.dataset} v${parent.number}` };
}

async function sourceOf(tx: Tx, scope: ProjectScope, recipe: Recipe): Promise<string | null> {
  if (recipe.kind === 'split') return null;
  if (recipe.kind !== 'import') return recipe.objectKey;
  const upload = await findUpload(tx, scope, recipe.uploadId);
  if (!upload) throw notFound('uploaded file');
  return upload.objectKey;
}

/** One version in any state. @throws DomainError NOT_FOUND */
export async function getVersion(scope: ProjectScope, versionId: string): Promise<VersionDetail> {
  return detail(await findVersion(db, scope, versionId));
}

/** One version by its dataset's name and its number. @throws DomainError NOT_FOUND */
export async function getVersionByNumber(
  scope: ProjectScope,
  o: { dataset: string; number: number },
): Promise<VersionDetail & { usage: Usage }> {
  const found = await detail(await findVersionByNumber(db, scope, o.dataset, o.number));
  return { ...found, usage: await countUsage(db, scope, found.id) };
}

/** A version whose data can be read. @throws DomainError NOT_FOUND, CONFLICT while it isn't ready */
export async function getReadyVersion(scope: ProjectScope, versionId: string): Promise<VersionDetail & { dataKey: string }> {
  const found = await getVersion(scope, versionId);
  assertReady(found);
  if (!found.dataKey) throw notFound('data of this version');
  return { ...found, dataKey: found.dataKey };
}

/** The newest version of a dataset that is ready, or null. */
export async function findNewestReady(scope: ProjectScope, datasetId: string): Promise<VersionDetail | null> {
  const record = await findNewestReadyVersion(db, scope, datasetId);
  return record ? detail(record) : null;
}

export type VersionName = {
  id: string;
  datasetId: string;
  dataset: string;
  number: number;
  status: VersionRecord['status'];
  rowCount: number | null;
};

/** Names and states of versions by their ids; those that aren't in this project are left out. */
export async function describeVersions(scope: ProjectScope, versionIds: string[]): Promise<VersionName[]> {
  const records = await findVersionsByIds(db, scope, versionIds);
  return records.map(({ id, datasetId, number, status, rowCount, dataset }) => ({
    id,
    datasetId,
    dataset: dataset.name,
    number,
    status,
    rowCount,
  }));
}

async function detail(record: VersionRecord | null): Promise<VersionDetail> {
  if (!record) throw notFound('dataset version');
  return versionDetail(record, await findPeople(db, [record.createdById]));
}

/** Labels of an uploaded file on the rows of a version: a further version of its dataset. */
export async function importLabels(
  scope: ProjectScope,
  o: { versionId: string; uploadId: string; keyColumn: string; mode: 'fill' | 'overwrite'; note: string },
): Promise<{ id: string; number: number }> {
  const parent = await getReadyVersion(scope, o.versionId);
  return transaction(async (tx) => {
    const upload = await findUpload(tx, scope, o.uploadId);
    if (!upload) throw notFound('uploaded file');
    const { keyColumn, mode, note } = o;
    return requestVersion(tx, scope, {
      datasetId: parent.datasetId,
      recipe: { kind: 'labels', parentId: parent.id, objectKey: upload.objectKey, keyColumn, mode },
      lineage: [{ type: 'upload', id: upload.id, name: upload.filename }],
      note,
    });
  });
}

/** The same rows divided anew: a further version of the dataset. */
export async function requestSplit(
  scope: ProjectScope,
  o: { versionId: string; split: Split; note: string },
): Promise<{ id: string; number: number }> {
  const parent = await getReadyVersion(scope, o.versionId);
  return transaction((tx) =>
    requestVersion(tx, scope, {
      datasetId: parent.datasetId,
      recipe: { kind: 'split', parentId: parent.id, split: o.split },
      lineage: [],
      note: o.note,
    }),
  );
}

/** Stops a build. The version stays, as failed, so that its number tells what happened. @throws DomainError CONFLICT when it has ended */
export async function cancelVersion(scope: ProjectScope, versionId: string): Promise<void> {
  const found = await getVersion(scope, versionId);
  await transaction(async (tx) => {
    const stopped = await markFailed(tx, scope, versionId, `${scope.actor.name} stopped the build.`);
    if (!stopped) throw new DomainError('CONFLICT', `${found.dataset} v${found.number} is no longer being built.`);
    await recordAudit(tx, scope, {
      action: 'dataset.version.cancelled',
      target: { type: 'dataset_version', id: versionId, name: `${found.dataset} v${found.number}` },
    });
    await publish(tx, { projectId: scope.projectId, type: 'dataset.version', id: versionId });
  });
}
