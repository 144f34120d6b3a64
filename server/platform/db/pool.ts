import pg from 'pg';
import { config } from '#server/config.ts';
import { log } from '#server/log.ts';
import { trackBackend } from './backends.ts';
import { lazy } from './lazy.ts';
import { databaseUrl } from './url.ts';

declare global {
  // Next evaluates a module once for each bundle; the pool of a process must still be one.
  var stagecraftPool: pg.Pool | undefined;
}

/** The pool itself, for drivers that test its class. */
export function sharedPool(): pg.Pool {
  if (!globalThis.stagecraftPool) {
    const made = new pg.Pool({
      connectionString: databaseUrl(),
      max: config.databasePool,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      application_name: 'stagecraft',
    });
    // An idle connection that breaks is dropped by the pool; without a listener it would end the process.
    made.on('error', (error) => log.warn({ part: 'db', err: error.message }, 'an idle database connection was lost'));
    made.on('connect', (client) => {
      trackBackend(client);
      // The same for one that breaks while it is in use: its query rejects, which is how its user learns of it.
      client.on('error', () => undefined);
    });
    globalThis.stagecraftPool = made;
  }
  return globalThis.stagecraftPool;
}

/** Closes every connection of this process: the last act of a process, or of a test file. */
export async function closePool(): Promise<void> {
  const open = globalThis.stagecraftPool;
  globalThis.stagecraftPool = undefined;
  await open?.end();
}

/** Connections for bulk work (`unnest`, COPY). Only repos use it. */
export const pool: pg.Pool = lazy(sharedPool);
