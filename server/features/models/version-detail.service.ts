import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { exampleInstance } from '#server/features/deployments/example.service.ts';
import { db } from '#server/platform/db/client.ts';
import { lineageOf } from './lineage.service.ts';
import { findStageChanges } from './models.repo.ts';
import type { versionRefInput } from './models.schema.ts';
import { factsOf } from './models.service.ts';
import { toRequestSummary, toVersionSummary } from './models.view.ts';
import { findRequests } from './promotions.repo.ts';
import { requireAnyVersion } from './registry.service.ts';
import type { VersionDetail } from './version-detail.schema.ts';

/** One version with where it comes from, all that happened to it, and what it can be judged on. @throws NOT_FOUND */
export async function getVersionDetail(scope: ProjectScope, ref: z.infer<typeof versionRefInput>): Promise<VersionDetail> {
  const version = await requireAnyVersion(db, scope, ref.model, ref.number);
  const signature = signatureSchema.parse(version.signature);
  const [facts, lineage, stageChanges, requests, example, parts] = await Promise.all([
    factsOf(scope, [version]),
    lineageOf(scope, version),
    findStageChanges(db, scope, [version.id]),
    findRequests(db, scope, { versionIds: [version.id] }),
    exampleInstance(scope, { signature, datasetVersionId: version.datasetVersionId }),
    partsOf(scope, version.datasetVersionId),
  ]);
  return {
    ...toVersionSummary(version, version.model.positive, facts),
    model: version.model.name,
    positive: version.model.positive,
    graphKey: version.graphKey,
    deleted: version.deletedAt && {
      at: version.deletedAt,
      byName: version.deletedByName ?? '',
      reason: version.deletedReason ?? '',
    },
    signature,
    lineage,
    stageChanges: stageChanges.map(({ id, from, to, reason, actorName, at, requestId }) => ({
      id,
      from,
      to,
      reason,
      actorName,
      at,
      requestId,
    })),
    requests: requests.map(toRequestSummary),
    example,
    parts,
  };
}

async function partsOf(scope: ProjectScope, datasetVersionId: string | null): Promise<VersionDetail['parts']> {
  if (!datasetVersionId) return [];
  const version = await getReadyVersion(scope, datasetVersionId);
  return (version.split?.parts ?? [])
    .filter((part) => part.name !== 'train')
    .map((part) => ({ datasetVersionId, dataset: version.dataset, number: version.number, split: part.name, rows: part.rows }));
}
