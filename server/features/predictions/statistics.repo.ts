import { Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

export type ArmCounts = {
  modelVersionId: string;
  requests: number;
  errors: number;
  answered: number;
  outcomes: number;
  correct: number;
  p50: number | null;
};

export type ArmFilter = { deploymentId: string; rolloutId?: string | undefined; since: Date; modelVersionIds: string[] };

/** Counts by version since a moment. Requests, errors and latency count requests; outcomes count instances. */
export function countArms(tx: Tx, scope: ProjectScope, o: ArmFilter): Promise<ArmCounts[]> {
  return tx.$queryRaw<ArmCounts[]>`
    select p.model_version_id as "modelVersionId",
      count(*) filter (where p.index = 0)::int as requests,
      count(*) filter (where p.index = 0 and p.error_code is not null)::int as errors,
      count(*) filter (where p.index = 0 and p.error_code is null)::int as answered,
      count(o.label) filter (where p.error_code is null)::int as outcomes,
      count(*) filter (where p.error_code is null and o.label = p.label)::int as correct,
      percentile_cont(0.5) within group (order by p.latency_ms) filter (where p.index = 0 and p.error_code is null) as p50
    from prediction p
    left join outcome o on o.project_id = p.project_id and o.request_id = p.request_id and o.index = p.index
    where ${whereArm(scope, o)}
    group by 1`;
}

/** The latencies at these 1-based ranks of the sorted latencies of answered requests of one version. */
export async function latenciesAt(
  tx: Tx,
  scope: ProjectScope,
  o: Omit<ArmFilter, 'modelVersionIds'> & { modelVersionId: string; ranks: number[] },
): Promise<Map<number, number>> {
  const rows = await tx.$queryRaw<{ rank: number; latency: number }[]>`
    select r.rank, r.latency_ms as latency from (
      select p.latency_ms, (row_number() over (order by p.latency_ms))::int as rank
      from prediction p
      where ${whereArm(scope, { ...o, modelVersionIds: [o.modelVersionId] })} and p.index = 0 and p.error_code is null
    ) r where r.rank = any(${o.ranks})`;
  return new Map(rows.map((row) => [row.rank, row.latency]));
}

function whereArm(scope: ProjectScope, o: ArmFilter): Prisma.Sql {
  const conditions = [
    Prisma.sql`p.project_id = ${scope.projectId}::uuid`,
    Prisma.sql`p.deployment_id = ${o.deploymentId}::uuid`,
    Prisma.sql`p.model_version_id = any(${o.modelVersionIds}::uuid[])`,
    Prisma.sql`p.at >= ${o.since}`,
    ...(o.rolloutId ? [Prisma.sql`p.rollout_id = ${o.rolloutId}::uuid`] : []),
  ];
  return Prisma.join(conditions, ' and ');
}

export type TrafficBucket = {
  bucket: Date;
  modelVersionId: string;
  requests: number;
  errors: number;
  outcomes: number;
  correct: number;
  p50: number | null;
  p95: number | null;
};

/** Counts by bucket of time and version; buckets without traffic are left out. */
export function countBuckets(
  tx: Tx,
  scope: ProjectScope,
  o: { deploymentId: string; from: Date; to: Date; bucketSeconds: number; clock: 'arrival' | 'event' },
): Promise<TrafficBucket[]> {
  const time = o.clock === 'event' ? Prisma.sql`p.event_time` : Prisma.sql`p.at`;
  return tx.$queryRaw<TrafficBucket[]>`
    select date_bin(make_interval(secs => ${o.bucketSeconds}::float8), ${time}, ${o.from}) as bucket,
      p.model_version_id as "modelVersionId",
      count(*) filter (where p.index = 0)::int as requests,
      count(*) filter (where p.index = 0 and p.error_code is not null)::int as errors,
      count(o.label) filter (where p.error_code is null)::int as outcomes,
      count(*) filter (where p.error_code is null and o.label = p.label)::int as correct,
      percentile_cont(0.5) within group (order by p.latency_ms) filter (where p.index = 0) as p50,
      percentile_cont(0.95) within group (order by p.latency_ms) filter (where p.index = 0) as p95
    from prediction p
    left join outcome o on o.project_id = p.project_id and o.request_id = p.request_id and o.index = p.index
    where p.project_id = ${scope.projectId}::uuid and p.deployment_id = ${o.deploymentId}::uuid
      and ${time} >= ${o.from} and ${time} < ${o.to}
    group by 1, 2 order by 1, 2`;
}
