import { createHash } from 'node:crypto';
import { pool } from './pool.ts';

/** A stable 64-bit key for a lock's name, as PostgreSQL's advisory locks take it. */
export function lockKey(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE(0).toString();
}

/**
 * Runs `fn` while this process alone, of all processes on this database, holds the named lock: singletons such as
 * the rollout controller. The lock is the connection's, so a process that dies loses it at once.
 * @returns what `fn` returns, or undefined when another holds the lock.
 */
export async function withAdvisoryLock<T>(name: string, fn: () => Promise<T>): Promise<T | undefined> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    const key = lockKey(name);
    const taken = await client.query<{ ok: boolean }>('select pg_try_advisory_lock($1::bigint) as ok', [key]);
    if (!taken.rows[0]?.ok) return undefined;
    try {
      return await fn();
    } finally {
      if (!broken) await client.query('select pg_advisory_unlock($1::bigint)', [key]).catch(onError);
    }
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}
