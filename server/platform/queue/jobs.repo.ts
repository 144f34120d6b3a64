import { pool } from '#server/platform/db/pool.ts';
import { LOCK_CLASS } from './liveness.ts';

/** What pg-boss's interface doesn't offer, on its table `pgboss.job`. */

export type LostJob = { id: string; name: string; attempt: number; limit: number };

/** Names of queues that have a job ready to run, the longest waiting first. */
export async function readyQueues(names: string[]): Promise<string[]> {
  const found = await pool.query<{ name: string }>(
    `select name from pgboss.job
      where state < 'active' and start_after <= now() and not blocked and name = any ($1)
      group by name order by min(created_on)`,
    [names],
  );
  return found.rows.map((row) => row.name);
}

/** Running jobs that no living worker holds. A job fetched a moment ago may not be locked yet, hence the two seconds. */
export async function unheldJobs(): Promise<LostJob[]> {
  const found = await pool.query<LostJob>(
    `select j.id::text as id, j.name, j.retry_count as attempt, j.retry_limit as "limit"
       from pgboss.job j
      where j.state = 'active' and j.name not like '\\_\\_pgboss%' and j.started_on < now() - interval '2 seconds'
        and not exists (
          select 1 from pg_locks l
           where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = $1
             and l.database = (select oid from pg_database where datname = current_database())
             and l.objid = (hashtext(j.id::text)::bigint & 4294967295)::oid)`,
    [LOCK_CLASS],
  );
  return found.rows;
}

/**
 * Lets a job run again, now or in `delaySeconds`.
 * @param counts whether the cut-off run counts as one of its attempts
 */
export async function putBack(id: string, attempt: number, o: { counts: boolean; delaySeconds?: number }): Promise<boolean> {
  const updated = await pool.query(
    `update pgboss.job set state = 'retry', start_after = now() + make_interval(secs => $3),
            started_on = case when $4 then started_on end
      where id = $1 and state = 'active' and retry_count = $2`,
    [id, attempt, o.delaySeconds ?? 0, o.counts],
  );
  return updated.rowCount === 1;
}

/** Makes the present attempt of a job its last. */
export async function endRetries(id: string, attempt: number): Promise<void> {
  await pool.query(`update pgboss.job set retry_limit = retry_count where id = $1 and state = 'active' and retry_count = $2`, [
    id,
    attempt,
  ]);
}

/** Those of the given jobs that are no longer running for us: cancelled, expired, or taken over. */
export async function noLongerActive(ids: string[]): Promise<{ id: string; state: string }[]> {
  if (!ids.length) return [];
  const found = await pool.query<{ id: string; state: string }>(
    `select id::text as id, state::text as state from pgboss.job where id = any ($1::uuid[]) and state <> 'active'`,
    [ids],
  );
  return found.rows;
}

/** Drops waiting jobs whose name no worker of this version knows, once they are an hour old. */
export async function dropUnknown(known: string[]): Promise<{ name: string; count: number }[]> {
  const found = await pool.query<{ name: string; count: string }>(
    `with dropped as (
       update pgboss.job set state = 'cancelled', completed_on = now()
        where state < 'active' and created_on < now() - interval '1 hour' and name <> all ($1) and name not like '\\_\\_pgboss%'
        returning name)
     select name, count(*) as count from dropped group by name`,
    [known],
  );
  return found.rows.map((row) => ({ name: row.name, count: Number(row.count) }));
}

export type QueueView = { name: string; waiting: number; running: number; failed: number; oldestWaitingAt: Date | null };

/** What each queue holds; `failed` counts the last day. */
export async function listQueues(): Promise<QueueView[]> {
  const found = await pool.query<{ name: string; waiting: string; running: string; failed: string; oldest: Date | null }>(
    `select name,
            count(*) filter (where state < 'active') as waiting,
            count(*) filter (where state = 'active') as running,
            count(*) filter (where state = 'failed' and completed_on > now() - interval '1 day') as failed,
            min(created_on) filter (where state < 'active' and start_after <= now()) as oldest
       from pgboss.job where name not like '\\_\\_pgboss%' group by name order by name`,
  );
  return found.rows.map((row) => ({
    name: row.name,
    waiting: Number(row.waiting),
    running: Number(row.running),
    failed: Number(row.failed),
    oldestWaitingAt: row.oldest,
  }));
}
