import type { Tx } from '#server/platform/db/client.ts';

type CountRow = { name: string; state: string; count: bigint; oldest: Date | null };

/** Jobs by queue and state; none before the queue's tables are made. */
export async function countJobs(tx: Tx): Promise<CountRow[]> {
  if (!(await hasQueue(tx))) return [];
  return tx.$queryRaw<CountRow[]>`
    select name, state::text as state, count(*) as count, min(start_after) as oldest
    from pgboss.job group by name, state order by name, state`;
}

export async function findFailedJobs(tx: Tx, limit: number) {
  if (!(await hasQueue(tx))) return [];
  return tx.$queryRaw<{ id: string; name: string; at: Date | null; output: unknown }[]>`
    select id::text as id, name, completed_on as at, output
    from pgboss.job where state = 'failed' order by completed_on desc nulls last limit ${limit}`;
}

async function hasQueue(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ there: boolean }[]>`select to_regclass('pgboss.job') is not null as there`;
  return row?.there ?? false;
}

/** Bytes of the database, and bytes and number of stored objects. */
export async function measureStorage(tx: Tx): Promise<{ database: number; objects: number; objectCount: number }> {
  const [row] = await tx.$queryRaw<{ database: bigint }[]>`select pg_database_size(current_database()) as database`;
  const objects = await tx.storedObject.aggregate({ _sum: { size: true }, _count: { _all: true } });
  return { database: Number(row?.database ?? 0), objects: Number(objects._sum.size ?? 0), objectCount: objects._count._all };
}
