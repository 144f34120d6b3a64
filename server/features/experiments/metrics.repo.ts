import { Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

export type MetricPoint = { key: string; step: number; value: number };

/** Writes points of one run in one statement; a point that was there is replaced. */
export async function writeMetrics(tx: Tx, scope: ProjectScope, runId: string, points: readonly MetricPoint[]): Promise<void> {
  if (points.length === 0) return;
  await tx.$executeRaw(Prisma.sql`
    insert into run_metric (project_id, run_id, key, step, value)
    select ${scope.projectId}::uuid, ${runId}::uuid, point.key, point.step, point.value
    from unnest(${points.map((p) => p.key)}::text[], ${points.map((p) => p.step)}::int[], ${points.map((p) => p.value)}::float8[])
      as point(key, step, value)
    on conflict (run_id, key, step) do update set value = excluded.value, at = now()`);
}

export async function deleteMetrics(tx: Tx, scope: ProjectScope, runId: string): Promise<void> {
  await tx.runMetric.deleteMany({ where: { projectId: scope.projectId, runId } });
}

/** The value of the last step of each metric, by run. */
export async function lastMetrics(
  tx: Tx,
  scope: ProjectScope,
  runIds: readonly string[],
): Promise<Map<string, Record<string, number>>> {
  const rows = await tx.$queryRaw<{ runId: string; key: string; value: number }[]>(Prisma.sql`
    select distinct on (run_id, key) run_id as "runId", key, value from run_metric
    where project_id = ${scope.projectId}::uuid and run_id = any(${[...runIds]}::uuid[])
    order by run_id, key, step desc`);
  const found = new Map<string, Record<string, number>>();
  for (const { runId, key, value } of rows) {
    const own = found.get(runId) ?? {};
    own[key] = value;
    found.set(runId, own);
  }
  return found;
}

/** Curves, each thinned to about `points` by taking every k-th step and the last. */
export function readHistory(
  tx: Tx,
  scope: ProjectScope,
  o: { runIds: readonly string[]; keys: readonly string[] | null; points: number },
): Promise<{ runId: string; key: string; step: number; value: number }[]> {
  const chosen = o.keys === null ? Prisma.empty : Prisma.sql`and key = any(${[...o.keys]}::text[])`;
  return tx.$queryRaw(Prisma.sql`
    select run_id as "runId", key, step, value from (
      select run_id, key, step, value,
        row_number() over (partition by run_id, key order by step) - 1 as place,
        count(*) over (partition by run_id, key) as total
      from run_metric
      where project_id = ${scope.projectId}::uuid and run_id = any(${[...o.runIds]}::uuid[]) ${chosen}
    ) numbered
    where place % ceil(total::float8 / ${o.points}::int)::bigint = 0 or place = total - 1
    order by run_id, key, step`);
}
