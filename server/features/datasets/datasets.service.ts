import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { isUniqueViolation } from '#server/platform/db/errors.ts';
import { publish } from '#server/platform/events/events.ts';
import { findDatasetByName, findDatasets, insertDataset, setArchived } from './datasets.repo.ts';
import type { createDatasetInput, createDatasetOutput, DatasetDetail, DatasetRow } from './datasets.schema.ts';
import { datasetDetail, datasetRow } from './datasets.view.ts';
import { findUpload } from './uploads.repo.ts';
import { findLatestVersions, findPeople, findVersions } from './versions.repo.ts';
import { requestVersion } from './versions.service.ts';
import { versionSummary } from './versions.view.ts';

/** The datasets of a project, the newest first, each with its latest version. */
export async function listDatasets(scope: ProjectScope, o: { archived: boolean }): Promise<DatasetRow[]> {
  const [records, latest] = await Promise.all([findDatasets(db, scope, o.archived), findLatestVersions(db, scope)]);
  const people = await findPeople(
    db,
    latest.map((version) => version.createdById),
  );
  return records.map((record) => {
    const version = latest.find((one) => one.datasetId === record.id);
    return datasetRow(record, version ? versionSummary(version, people) : null);
  });
}

/** One dataset with all its versions. @throws DomainError NOT_FOUND */
export async function getDataset(scope: ProjectScope, name: string): Promise<DatasetDetail> {
  const record = await findDatasetByName(db, scope, name);
  if (!record) throw notFound(`dataset ${name}`);
  const versions = await findVersions(db, scope, record.id);
  const people = await findPeople(
    db,
    versions.map((version) => version.createdById),
  );
  return datasetDetail(
    record,
    versions.map((version) => versionSummary(version, people)),
  );
}

/**
 * A new dataset with its first version, from an uploaded file.
 * @throws DomainError CONFLICT when the name is taken, INVALID, NOT_FOUND for the upload
 */
export async function createDataset(
  scope: ProjectScope,
  input: z.infer<typeof createDatasetInput>,
): Promise<z.infer<typeof createDatasetOutput>> {
  try {
    return await transaction(async (tx) => {
      const upload = await findUpload(tx, scope, input.uploadId);
      if (!upload) throw notFound('uploaded file');
      const dataset = await insertDataset(tx, scope, input);
      await recordAudit(tx, scope, { action: 'dataset.created', target: { type: 'dataset', id: dataset.id, name: input.name } });
      const { uploadId, format, columns, split, options } = input;
      const version = await requestVersion(tx, scope, {
        datasetId: dataset.id,
        recipe: { kind: 'import', uploadId, format, columns, split, ...(options ? { options } : {}) },
        lineage: [{ type: 'upload', id: upload.id, name: upload.filename }],
        note: input.note,
      });
      return { datasetId: dataset.id, dataset: input.name, versionId: version.id, number: version.number };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new DomainError('CONFLICT', `There is a dataset ${input.name} already. Choose another name.`);
  }
}

/** Takes a dataset out of the lists, or back. Its versions stay readable for what was built on them. */
export async function archiveDataset(scope: ProjectScope, o: { dataset: string; archived: boolean }): Promise<void> {
  await transaction(async (tx) => {
    const record = await findDatasetByName(tx, scope, o.dataset);
    if (!record) throw notFound(`dataset ${o.dataset}`);
    if ((record.archivedAt !== null) === o.archived) return;
    await setArchived(tx, scope, record.id, o.archived ? new Date() : null);
    await recordAudit(tx, scope, {
      action: o.archived ? 'dataset.archived' : 'dataset.restored',
      target: { type: 'dataset', id: record.id, name: record.name },
    });
    await publish(tx, { projectId: scope.projectId, type: 'dataset.changed', id: record.id });
  });
}
