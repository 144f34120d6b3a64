import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { getDataset } from '#server/features/datasets/datasets.service.ts';
import { getReadyVersion, getVersion, requestVersion } from '#server/features/datasets/versions.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import { findFinishedLabels } from './labeling.repo.ts';
import type { MakeVersionInput, makeVersionOutput } from './labeling.schema.ts';
import { requireLabeling } from './labeling.service.ts';

/**
 * Turns the labels that stand into a new version of the dataset: the newest ready version (or the one named) with
 * these labels, each marked with this labeling project as its source. The lineage names both.
 * @throws DomainError CONFLICT while there is no finished label.
 */
export async function makeDatasetVersion(
  scope: ProjectScope,
  input: MakeVersionInput,
): Promise<z.input<typeof makeVersionOutput>> {
  const labeling = await requireLabeling(db, scope, input.labeling);
  const labels = await findFinishedLabels(db, scope, labeling.id);
  if (labels.length === 0) {
    throw new DomainError(
      'CONFLICT',
      `${labeling.name} has no finished label yet. Label at least one item, then make the version.`,
    );
  }
  const parent = await parentOf(scope, labeling.datasetVersionId, input.parentId);
  const source = `labeling:${labeling.name}`;
  const lines = labels.map(({ key, label }) => JSON.stringify({ key, label, source }));
  const object = await putObject(`${lines.join('\n')}\n`, { mediaType: 'application/x-ndjson' });
  const made = await transaction(async (tx) => {
    const version = await requestVersion(tx, scope, {
      datasetId: parent.datasetId,
      recipe: { kind: 'labels', parentId: parent.id, objectKey: object.key, keyColumn: labeling.keyColumn, mode: input.mode },
      lineage: [
        { type: 'dataset_version', id: parent.id, name: `${parent.dataset} v${parent.number}` },
        { type: 'labeling_project', id: labeling.id, name: labeling.name, detail: `${labels.length} labels` },
      ],
      note: input.note || `${labels.length} labels of ${labeling.name}`,
    });
    await recordAudit(tx, scope, {
      action: 'labeling.version.requested',
      target: { type: 'labeling_project', id: labeling.id, name: labeling.name },
      details: { labels: labels.length, dataset: parent.dataset, version: version.number, mode: input.mode },
    });
    return version;
  });
  return { ...made, dataset: parent.dataset, labels: labels.length };
}

async function parentOf(scope: ProjectScope, origin: string, chosen: string | undefined) {
  const source = await getVersion(scope, origin);
  if (chosen) {
    const parent = await getReadyVersion(scope, chosen);
    if (parent.datasetId === source.datasetId) return parent;
    throw new DomainError('INVALID', `These labels belong to ${source.dataset}; the chosen version is of ${parent.dataset}.`);
  }
  const { versions } = await getDataset(scope, source.dataset);
  const newest = versions.filter((version) => version.status === 'ready').sort((a, b) => b.number - a.number)[0];
  if (newest) return getReadyVersion(scope, newest.id);
  throw new DomainError('CONFLICT', `${source.dataset} has no version that is ready. Wait until one is, then try again.`);
}
