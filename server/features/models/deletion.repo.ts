import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

const MOST_COUNTED = 10_000;

type Hanging = {
  requests: number;
  openRequests: number;
  stageChanges: number;
  predictions: number;
  rollouts: number;
  evaluations: number;
  run: string | null;
  /** Versions and runs that hold the same graph. */
  holders: string[];
};

/** Everything that refers to a version. */
export async function findHanging(tx: Tx, scope: ProjectScope, version: { id: string; graphKey: string }): Promise<Hanging> {
  const [found] = await tx.$queryRaw<Hanging[]>`
    with own as (select id, run_id from model_version where id = ${version.id}::uuid and project_id = ${scope.projectId}::uuid)
    select
      (select count(*)::int from promotion_request r where r.project_id = ${scope.projectId}::uuid and r.model_version_id = own.id) as requests,
      (select count(*)::int from promotion_request r where r.project_id = ${scope.projectId}::uuid and r.model_version_id = own.id
         and r.ended_at is null) as "openRequests",
      (select count(*)::int from stage_change c where c.project_id = ${scope.projectId}::uuid and c.model_version_id = own.id) as "stageChanges",
      (select count(*)::int from (select 1 from prediction p where p.project_id = ${scope.projectId}::uuid
         and p.deployment_id in (select d.id from deployment d join model_version v on v.model_id = d.model_id where v.id = own.id)
         and p.model_version_id = own.id limit ${MOST_COUNTED}) newest) as predictions,
      (select count(*)::int from rollout o where o.project_id = ${scope.projectId}::uuid
         and own.id in (o.baseline_version_id, o.candidate_version_id)) as rollouts,
      (select count(*)::int from evaluation e where e.project_id = ${scope.projectId}::uuid and e.model_version_id = own.id
         and e.run_id is null) as evaluations,
      (select r.name from run r where r.project_id = ${scope.projectId}::uuid and r.id = own.run_id) as run,
      array(
        select m.name || ' v' || v.number from model_version v join model m on m.id = v.model_id
          where v.graph_object_key = ${version.graphKey} and v.project_id = ${scope.projectId}::uuid and v.id <> own.id
        union all
        select 'run ' || r.name from artifact a join run r on r.id = a.run_id
          where a.object_key = ${version.graphKey} and a.project_id = ${scope.projectId}::uuid
      ) as holders
    from own`;
  if (!found) throw new Error(`No version ${version.id} in this project.`);
  return found;
}

/** Names of deployments in which the version answers, or is being rolled out. */
export async function findAnsweringDeployments(tx: Tx, scope: ProjectScope, versionId: string): Promise<string[]> {
  const deployments = await tx.deployment.findMany({
    where: {
      projectId: scope.projectId,
      archivedAt: null,
      OR: [
        { primaryVersionId: versionId },
        {
          rollouts: {
            some: {
              status: { in: ['running', 'paused'] },
              OR: [{ candidateVersionId: versionId }, { baselineVersionId: versionId }],
            },
          },
        },
      ],
    },
    select: { name: true },
    orderBy: { name: 'asc' },
  });
  return deployments.map((deployment) => deployment.name);
}

/** Lets go of the graph and of figures that nothing else holds; the row stays as the record. False when it was gone. */
export async function markDeleted(tx: Tx, scope: ProjectScope, o: { id: string; reason: string; at: Date }): Promise<boolean> {
  const { count } = await tx.modelVersion.updateMany({
    where: { projectId: scope.projectId, id: o.id, deletedAt: null },
    data: {
      graphObjectKey: null,
      deletedAt: o.at,
      deletedByName: scope.actor.name,
      deletedReason: o.reason,
      version: { increment: 1 },
    },
  });
  if (count === 0) return false;
  await tx.evaluation.deleteMany({ where: { projectId: scope.projectId, modelVersionId: o.id, runId: null } });
  return true;
}
