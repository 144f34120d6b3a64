import type { Db, fromPrisma, PgBoss } from 'pg-boss';
import { log } from '#server/log.ts';
import { pool } from '#server/platform/db/pool.ts';

type Opened = { boss: PgBoss; fromPrisma: typeof fromPrisma };

declare global {
  // One for each process, however often a bundler evaluates this module.
  var stagecraftBoss: { opened: Promise<Opened> | undefined; queues: Set<string> } | undefined;
}

globalThis.stagecraftBoss ??= { opened: undefined, queues: new Set() };
const state = globalThis.stagecraftBoss;

/** pg-boss on the pool of this process. */
const adapter: Db = {
  executeSql: async (text, values) => {
    const result = await pool.query(text, values as unknown[]);
    // A text of several statements answers with a list; pg-boss wants the rows of every one.
    return Array.isArray(result) ? { rows: result.flatMap((one) => one.rows) } : result;
  },
};

/** pg-boss for sending: it looks after nothing. The schema comes with `installQueue`. */
export function openBoss(): Promise<Opened> {
  state.opened ??= start({ supervise: false, schedule: false, migrate: false }).catch((error: unknown) => {
    state.opened = undefined;
    throw error;
  });
  return state.opened;
}

/** pg-boss in a worker: it also expires, archives and sends by the clock. */
export async function openSupervisingBoss(): Promise<Opened> {
  await closeBoss();
  state.opened = start({ supervise: true, schedule: true, migrate: false });
  return state.opened;
}

async function start(o: { supervise: boolean; schedule: boolean; migrate: boolean }): Promise<Opened> {
  const { PgBoss: Boss, fromPrisma: adapt } = await import('pg-boss');
  const boss = new Boss({ db: adapter, registerInstance: false, superviseIntervalSeconds: 30, monitorVacuum: false, ...o });
  boss.on('error', (error) => log.warn({ part: 'queue', err: error.message }, 'the queue had an error'));
  await boss.start();
  return { boss, fromPrisma: adapt };
}

/** Makes or updates pg-boss's own schema; part of every migration. */
export async function installQueue(): Promise<void> {
  const { boss } = await start({ supervise: false, schedule: false, migrate: true });
  await boss.stop({ graceful: false, close: false });
}

/** Makes the queue of a job when it isn't there: one round trip for each job and process. */
export async function ensureQueue(name: string, singleton: boolean): Promise<void> {
  if (state.queues.has(name)) return;
  const { boss } = await openBoss();
  await boss.createQueue(name, { policy: singleton ? 'short' : 'standard' });
  state.queues.add(name);
}

/** Ends this process's part in the queue. */
export async function closeBoss(): Promise<void> {
  const opened = await state.opened?.catch(() => undefined);
  state.opened = undefined;
  state.queues.clear();
  await opened?.boss.stop({ graceful: false, close: false });
}
