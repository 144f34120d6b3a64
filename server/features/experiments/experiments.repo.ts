import { Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { BestRun, ExperimentRecord, RunCounts } from './experiments.schema.ts';

const FIELDS = { id: true, name: true, description: true, createdAt: true, createdById: true } as const;

/** Experiments of the project that aren't archived, newest first. */
export function findExperiments(tx: Tx, scope: ProjectScope): Promise<ExperimentRecord[]> {
  return tx.experiment.findMany({
    where: { projectId: scope.projectId, archivedAt: null },
    select: FIELDS,
    orderBy: { createdAt: 'desc' },
  });
}

export function findExperiment(tx: Tx, scope: ProjectScope, name: string): Promise<ExperimentRecord | null> {
  return tx.experiment.findFirst({ where: { projectId: scope.projectId, name, archivedAt: null }, select: FIELDS });
}

/** Inserts an experiment; null when the name is taken. */
export async function insertExperiment(
  tx: Tx,
  scope: ProjectScope,
  values: { name: string; description: string },
): Promise<ExperimentRecord | null> {
  const [made] = await tx.experiment.createManyAndReturn({
    data: [{ ...values, projectId: scope.projectId, createdById: scope.actor.kind === 'user' ? scope.actor.id : null }],
    skipDuplicates: true,
    select: FIELDS,
  });
  return made ?? null;
}

/** Runs of each experiment, by its id. */
export async function countRuns(tx: Tx, scope: ProjectScope, experimentIds: string[]): Promise<Map<string, RunCounts>> {
  const rows = await tx.$queryRaw<({ id: string } & RunCounts)[]>(Prisma.sql`
    select experiment_id as id, count(*)::int as total,
      (count(*) filter (where status in ('queued', 'running')))::int as active,
      (count(*) filter (where status = 'failed'))::int as failed,
      max(created_at) as "lastRunAt"
    from run where project_id = ${scope.projectId}::uuid and experiment_id = any(${experimentIds}::uuid[])
    group by experiment_id`);
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

/** The finished run with the highest value of a metric that is written once, by the experiment's id. */
export async function findBestRuns(
  tx: Tx,
  scope: ProjectScope,
  o: { experimentIds: string[]; metric: string },
): Promise<Map<string, BestRun>> {
  const rows = await tx.$queryRaw<({ id: string } & BestRun)[]>(Prisma.sql`
    select distinct on (run.experiment_id) run.experiment_id as id, run.name as run, point.key as metric, point.value
    from run join run_metric point on point.run_id = run.id and point.project_id = run.project_id
    where run.project_id = ${scope.projectId}::uuid and run.experiment_id = any(${o.experimentIds}::uuid[])
      and run.status = 'finished' and point.key = ${o.metric}::text
    order by run.experiment_id, point.value desc, run.created_at`);
  return new Map(rows.map(({ id, ...best }) => [id, best]));
}

/** Names of people by id, for those who are still known. */
export async function findNames(tx: Tx, ids: (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(ids.filter((id): id is string => id !== null))];
  if (known.length === 0) return new Map();
  const people = await tx.user.findMany({ where: { id: { in: known } }, select: { id: true, name: true } });
  return new Map(people.map((person) => [person.id, person.name]));
}
