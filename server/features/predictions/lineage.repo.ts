import type { ProjectScope } from '#server/auth/actor.ts';
import type { LineageRows } from '#server/features/predictions/prediction-rows.schema.ts';
import type { Tx } from '#server/platform/db/client.ts';

/** The rows on the way from a prediction back to its data; each may be missing (an uploaded model has no run). */
export async function findLineage(
  tx: Tx,
  scope: ProjectScope,
  o: { modelVersionId: string; rolloutId: string | null },
): Promise<LineageRows> {
  const { projectId } = scope;
  const version = await tx.modelVersion.findFirst({ where: { id: o.modelVersionId, projectId }, include: { model: true } });
  const [rollout, requests, run] = await Promise.all([
    o.rolloutId ? tx.rollout.findFirst({ where: { id: o.rolloutId, projectId } }) : null,
    tx.promotionRequest.findMany({
      where: { projectId, modelVersionId: o.modelVersionId, status: { in: ['approved', 'completed'] } },
      orderBy: { requestedAt: 'asc' },
    }),
    version?.runId ? tx.run.findFirst({ where: { id: version.runId, projectId }, include: { experiment: true } }) : null,
  ]);
  const datasetVersionId = run?.datasetVersionId ?? version?.datasetVersionId;
  const data = await findAncestors(tx, scope, datasetVersionId ?? null);
  return { version, rollout, requests, run, data };
}

const MAX_ANCESTORS = 20;

/** A dataset version and those that it was derived from, the newest first. */
async function findAncestors(tx: Tx, scope: ProjectScope, id: string | null) {
  const chain: Awaited<ReturnType<typeof findDatasetVersion>>[] = [];
  for (let next = id; next && chain.length < MAX_ANCESTORS; ) {
    const found = await findDatasetVersion(tx, scope, next);
    if (!found) break;
    chain.push(found);
    next = found.parentId;
  }
  return chain.filter((version) => version !== null);
}

function findDatasetVersion(tx: Tx, scope: ProjectScope, id: string) {
  return tx.datasetVersion.findFirst({
    where: { id, projectId: scope.projectId },
    select: { id: true, number: true, rowCount: true, parentId: true, lineage: true, dataset: { select: { name: true } } },
  });
}
