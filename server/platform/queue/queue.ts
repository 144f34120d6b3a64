import type { z } from 'zod';
import { DomainError } from '#server/errors.ts';
import type { Logger } from '#server/log.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { pool } from '#server/platform/db/pool.ts';
import { ensureQueue, openBoss } from './boss.ts';

/** A job is a light definition, and a handler that only the worker loads. */
export type JobDefinition<P> = {
  /** `<slice>.<verb>`: unique in the installation. */
  name: string;
  payload: z.ZodType<P>;
  /** How often a handler that throws is repeated (default 3). Runs that a dying worker cut off don't count. */
  retryLimit: number;
  /** After this time the run is given up and repeated (default one hour). */
  expireSeconds: number;
  /** Of jobs with the same key at most one waits, and one runs. */
  singletonKey?: (payload: P) => string;
  /** Runs by the clock (UTC), with an empty payload. */
  cron?: string;
  /** `long` jobs (training, evaluation) share STAGECRAFT_JOBS places; `short` ones (the default) have their own and never wait for them. */
  lane: 'short' | 'long';
};

export type JobContext = {
  /** Aborted when the job is cancelled, has expired, or the worker ends: see `stopReason`. */
  signal: AbortSignal;
  log: Logger;
  jobId: string;
  /** True when a failure now is final: the handler may then record it. */
  lastAttempt: boolean;
};

/** Does the work of a job. It may run again after any crash, so it must be idempotent. */
export type JobHandler<P> = (payload: P, context: JobContext) => Promise<void>;

/** Why a job was told to stop. Only `cancelled` is final; after the others it runs again. */
export type StopReason = 'cancelled' | 'expired' | 'shutdown' | 'taken over';

/** The reason of a job's aborted signal; undefined while it may go on. */
export function stopReason(signal: AbortSignal): StopReason | undefined {
  return signal.aborted ? (signal.reason as StopReason) : undefined;
}

type Options<P> = Pick<JobDefinition<P>, 'name' | 'payload'> & Partial<JobDefinition<P>>;

/** Defines a job; `<slice>.jobs.ts` holds these. */
export function defineJob<P>(definition: Options<P>): JobDefinition<P> {
  return { retryLimit: 3, expireSeconds: 3600, lane: 'short', ...definition };
}

/** A definition with the way to its handler, as `server/worker/registry.ts` lists them. */
export type JobBinding = {
  definition: Omit<JobDefinition<unknown>, 'payload' | 'singletonKey'> & { singleton: boolean };
  /** @throws when the payload isn't what the definition says */
  run(payload: unknown, context: JobContext): Promise<void>;
};

/** Binds a definition to its handler's module, which is loaded at the first run. */
export function bindJob<P>(definition: JobDefinition<P>, load: () => Promise<{ handler: JobHandler<P> }>): JobBinding {
  const { payload: schema, singletonKey, ...rest } = definition;
  return {
    definition: { ...rest, singleton: singletonKey !== undefined },
    async run(payload, context) {
      const parsed = schema.safeParse(payload);
      if (!parsed.success)
        throw new DomainError('INVALID', `Job ${definition.name} has a payload that can't be read: ${parsed.error.message}`);
      const { handler } = await load();
      await handler(parsed.data, context);
    },
  };
}

/** How often a job is sent again because the one that waited began just then. */
const HOLD_ATTEMPTS = 10;

/** Runs of a crashed worker are repeated this often beyond the job's own limit; a job that kills its worker ends then. */
export const CRASH_RETRIES = 5;

/**
 * Puts a job into the queue in the caller's transaction: it exists when that commits, and never otherwise.
 * @returns the job's id; with a singleton key, that of the job that waits already
 */
export async function enqueue<P>(
  tx: Tx,
  job: JobDefinition<P>,
  payload: P,
  options: { startAfter?: Date } = {},
): Promise<string> {
  const data = job.payload.parse(payload);
  await ensureQueue(job.name, job.singletonKey !== undefined);
  const { boss, fromPrisma } = await openBoss();
  const singletonKey = job.singletonKey?.(data);
  const send = () =>
    boss.send(job.name, data as object, {
      db: fromPrisma(tx),
      retryLimit: job.retryLimit + CRASH_RETRIES,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
      expireInSeconds: job.expireSeconds,
      // Of a group one job runs at a time; of a singleton key one job waits.
      ...(singletonKey === undefined ? {} : { singletonKey, group: { id: singletonKey } }),
      ...(options.startAfter ? { startAfter: options.startAfter } : {}),
    });
  await tx.$executeRaw`select pg_notify(${WAKE_CHANNEL}, ${job.name})`;
  for (let attempt = 0; attempt < HOLD_ATTEMPTS; attempt++) {
    const id = await send();
    if (id) return id;
    // The job that waits is held until this transaction ends: begun before, it would miss what is written here.
    const waiting = await tx.$queryRaw<{ id: string }[]>`
      select id::text from pgboss.job
      where name = ${job.name} and singleton_key = ${singletonKey ?? null} and state = 'created' limit 1 for share`;
    if (waiting[0]) return waiting[0].id;
  }
  throw new DomainError('UNAVAILABLE', `Job ${job.name} could not be put into the queue: others began it each time.`);
}

/** Cancels a job that waits or runs; a running handler's signal is aborted within a second. */
export async function cancelJob(job: { name: string }, id: string): Promise<void> {
  await ensureQueue(job.name, false);
  const { boss } = await openBoss();
  await boss.cancel(job.name, id);
  await pool.query('select pg_notify($1, $2)', [CANCEL_CHANNEL, id]);
}

/** How old a thing must be before the lack of its job means anything. */
export const ABANDONED_MS = 60_000;

/** Said of work whose job is gone: its worker was killed more often than it is tried again. */
export const ABANDONED =
  'The work was cut off too often (the worker process ended each time), so it was given up. Start it again; if it stays, look into the worker’s log.';

/**
 * Of some things that a job works on, those for which no such job waits or runs.
 * @param field the field of the payload that names the thing
 */
export async function withoutJob(job: { name: string }, field: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await pool.query<{ id: string }>(
    `select wanted.id from unnest($3::text[]) as wanted(id)
      where not exists (
        select 1 from pgboss.job where name = $1 and state < 'completed' and data ->> $2 = wanted.id)`,
    [job.name, field, ids],
  );
  return found.rows.map((row) => row.id);
}

export const WAKE_CHANNEL = 'stagecraft_jobs';
export const CANCEL_CHANNEL = 'stagecraft_cancel';
