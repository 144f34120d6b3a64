import { Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

/** One served instance with what became of it; `outcome` is null while none has come. */
export type WindowRow = {
  id: string;
  requestId: string;
  index: number;
  at: Date;
  eventTime: Date;
  modelVersionId: string;
  input: Record<string, unknown>;
  output: Record<string, unknown> | null;
  label: string | null;
  confidence: number | null;
  errorCode: string | null;
  latencyMs: number;
  outcome: string | null;
};

/** Instances with event times in [from, to), oldest first; failed ones too. */
export function findWindow(
  tx: Tx,
  scope: ProjectScope,
  o: { deploymentId: string; from: Date; to: Date; after?: { eventTime: Date; id: string } | undefined; limit: number },
): Promise<WindowRow[]> {
  const after = o.after ? Prisma.sql`and (p.event_time, p.id) > (${o.after.eventTime}, ${o.after.id}::uuid)` : Prisma.empty;
  return tx.$queryRaw<WindowRow[]>`
    select p.id, p.request_id as "requestId", p.index, p.at, p.event_time as "eventTime",
      p.model_version_id as "modelVersionId", p.input, p.output, p.label, p.confidence, p.error_code as "errorCode",
      p.latency_ms as "latencyMs", o.label as outcome
    from prediction p
    left join outcome o on o.project_id = p.project_id and o.request_id = p.request_id and o.index = p.index
    where p.project_id = ${scope.projectId}::uuid and p.deployment_id = ${o.deploymentId}::uuid
      and p.event_time >= ${o.from} and p.event_time < ${o.to} ${after}
    order by p.event_time, p.id
    limit ${o.limit}`;
}

/** Days (UTC, by event time) for which predictions or outcomes have arrived since a moment, or ever; oldest first. */
export function findTouchedDays(
  tx: Tx,
  scope: ProjectScope,
  o: { deploymentId: string; since: Date | null },
): Promise<{ day: Date }[]> {
  const since = o.since ? Prisma.sql`and (p.at >= ${o.since} or o.at >= ${o.since})` : Prisma.empty;
  return tx.$queryRaw<{ day: Date }[]>`
    select distinct date_trunc('day', p.event_time, 'UTC') as day
    from prediction p
    left join outcome o on o.project_id = p.project_id and o.request_id = p.request_id and o.index = p.index
    where p.project_id = ${scope.projectId}::uuid and p.deployment_id = ${o.deploymentId}::uuid ${since}
    order by 1`;
}

/** The first and last event time of a deployment's answers, and how many there are; null times without any. */
export async function findExtent(tx: Tx, scope: ProjectScope, deploymentId: string) {
  const [row] = await tx.$queryRaw<{ first: Date | null; last: Date | null; count: number }[]>`
    select min(event_time) as first, max(event_time) as last, count(*)::int as count
    from prediction
    where project_id = ${scope.projectId}::uuid and deployment_id = ${deploymentId}::uuid and error_code is null`;
  return row ?? { first: null, last: null, count: 0 };
}
