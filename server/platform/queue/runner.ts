import { setTimeout as sleep } from 'node:timers/promises';
import type { PgBoss } from 'pg-boss';
import { isDomainError, messageOf } from '#server/errors.ts';
import { log } from '#server/log.ts';
import { listen } from '#server/platform/events/listener.ts';
import { closeBoss, ensureQueue, openSupervisingBoss } from './boss.ts';
import { dropUnknown, endRetries, type LostJob, noLongerActive, putBack, readyQueues, unheldJobs } from './jobs.repo.ts';
import { Liveness } from './liveness.ts';
import { CANCEL_CHANNEL, type JobBinding, type StopReason, WAKE_CHANNEL } from './queue.ts';

export type RunnerOptions = {
  bindings: JobBinding[];
  /** Places for each lane. */
  places: { short: number; long: number };
  pollMs?: number;
};

export type Runner = {
  /** Jobs in hand now. */
  running(): { id: string; name: string }[];
  /** Takes no more jobs, stops those in hand (they run again elsewhere) and waits for them at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

type Fetched = { id: string; name: string; data: unknown; retryCount: number; retryLimit: number; singletonKey: string | null };
type InHand = { job: Fetched; controller: AbortController; done: Promise<void> };

const GUARD_MS = 1_000;

/** Starts working on the queue: fetches jobs as places are free, runs their handlers, and takes over those of dead workers. */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const { boss } = await openSupervisingBoss();
  const bindings = new Map(options.bindings.map((binding) => [binding.definition.name, binding]));
  for (const { definition } of options.bindings) {
    await ensureQueue(definition.name, definition.singleton);
    if (definition.cron) await boss.schedule(definition.name, definition.cron, {});
  }
  for (const { name, count } of await dropUnknown([...bindings.keys()])) {
    log.warn({ part: 'queue', job: name, count }, 'jobs that this version does not know were dropped');
  }
  const liveness = new Liveness();
  await liveness.start();
  const inHand = new Map<string, InHand>();
  let stopping = false;
  let wake: () => void = () => undefined;
  const abort = (id: string, reason: StopReason) => inHand.get(id)?.controller.abort(reason);
  const endWake = listen(
    WAKE_CHANNEL,
    () => wake(),
    () => wake(),
  );
  const endCancel = listen(
    CANCEL_CHANNEL,
    (id) => abort(id, 'cancelled'),
    () => undefined,
  );

  const placeFree = (lane: 'short' | 'long') => {
    const used = [...inHand.values()].filter(({ job }) => bindings.get(job.name)?.definition.lane === lane).length;
    return used < options.places[lane];
  };

  const take = async (): Promise<boolean> => {
    const open = options.bindings.filter(({ definition }) => placeFree(definition.lane)).map(({ definition }) => definition.name);
    for (const name of open.length ? await readyQueues(open) : []) {
      if (stopping) return false;
      const fetched = (await boss.fetch(name, { batchSize: 1, includeMetadata: true, groupConcurrency: 1 })) as Fetched[];
      const job = fetched[0];
      if (job && (await begin(job))) return true;
    }
    return false;
  };

  const begin = async (job: Fetched): Promise<boolean> => {
    const singleton = job.singletonKey === null ? undefined : `${job.name}/${job.singletonKey}`;
    const lost = () => abort(job.id, 'taken over');
    if (!(await liveness.hold(job.id, lost))) {
      await putBack(job.id, job.retryCount, { counts: false, delaySeconds: 1 });
      return false;
    }
    if (singleton && !(await liveness.hold(singleton, lost))) {
      await liveness.release(job.id);
      await putBack(job.id, job.retryCount, { counts: false, delaySeconds: 0.5 });
      return false;
    }
    const controller = new AbortController();
    const done = execute({ boss, binding: bindings.get(job.name) as JobBinding, job, controller }).finally(async () => {
      inHand.delete(job.id);
      if (singleton) await liveness.release(singleton);
      await liveness.release(job.id);
      wake();
    });
    inHand.set(job.id, { job, controller, done });
    return true;
  };

  const loop = async () => {
    while (!stopping) {
      const woken = new Promise<void>((done) => {
        wake = done;
      });
      try {
        while (await take()) if (stopping) return;
      } catch (error) {
        log.warn({ part: 'queue', err: messageOf(error) }, 'jobs could not be fetched; trying again');
        await sleep(500);
      }
      await Promise.race([woken, sleep(options.pollMs ?? 2_000)]);
    }
  };

  let suspects = new Set<string>();
  const guard = async () => {
    for (const gone of await noLongerActive([...inHand.keys()]))
      abort(gone.id, gone.state === 'cancelled' ? 'cancelled' : 'taken over');
    // After a break of the database every worker needs a moment to take its locks again.
    if (liveness.connectedFor() < 3 * GUARD_MS) return;
    const unheld = (await unheldJobs()).filter((job) => !inHand.has(job.id));
    for (const job of unheld) if (suspects.has(job.id)) await takeOver(boss, job);
    if (unheld.some((job) => suspects.has(job.id))) wake();
    suspects = new Set(unheld.map((job) => job.id));
  };
  let guarding: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    guarding = guarding
      .then(guard)
      .catch((error: unknown) => log.warn({ part: 'queue', err: messageOf(error) }, 'running jobs could not be checked'));
  }, GUARD_MS);

  const looping = loop();
  return {
    running: () => [...inHand.values()].map(({ job }) => ({ id: job.id, name: job.name })),
    stop: async (graceMs) => {
      stopping = true;
      clearInterval(timer);
      endWake();
      endCancel();
      wake();
      for (const { controller } of inHand.values()) controller.abort('shutdown' satisfies StopReason);
      const all = Promise.all([looping, ...[...inHand.values()].map(({ done }) => done)]);
      await Promise.race([all, sleep(graceMs)]);
      await Promise.all(
        [...inHand.values()].map(({ job }) => putBack(job.id, job.retryCount, { counts: false }).catch(() => false)),
      );
      await liveness.stop();
      await closeBoss();
    },
  };
}

async function takeOver(boss: PgBoss, job: LostJob): Promise<void> {
  if (job.attempt < job.limit) {
    const again = await putBack(job.id, job.attempt, { counts: true });
    if (again) log.warn({ part: 'queue', job: job.name, id: job.id }, 'a job whose worker died runs again');
    return;
  }
  await boss.fail(job.name, { id: job.id, retryCount: job.attempt }, { message: 'Its workers died again and again.' });
  log.error({ part: 'queue', job: job.name, id: job.id }, 'a job was given up: its workers died again and again');
}

async function execute(o: { boss: PgBoss; binding: JobBinding; job: Fetched; controller: AbortController }): Promise<void> {
  const { boss, binding, job, controller } = o;
  const { definition } = binding;
  const speak = log.child({ part: 'job', job: job.name, id: job.id });
  const lastAttempt = job.retryCount >= definition.retryLimit;
  const expiry = setTimeout(() => controller.abort('expired' satisfies StopReason), definition.expireSeconds * 1000);
  const attempt = { id: job.id, retryCount: job.retryCount };
  const started = Date.now();
  try {
    await binding.run(job.data ?? {}, { signal: controller.signal, log: speak, jobId: job.id, lastAttempt });
    await persist(() => boss.complete(job.name, attempt));
    speak.info({ ms: Date.now() - started }, 'done');
  } catch (error) {
    const reason = controller.signal.aborted ? (controller.signal.reason as StopReason) : undefined;
    if (reason === 'shutdown') await persist(() => putBack(job.id, job.retryCount, { counts: false }));
    else if (reason !== 'cancelled' && reason !== 'taken over') {
      const final = lastAttempt || (isDomainError(error) && error.code === 'INVALID') || job.retryCount >= job.retryLimit;
      speak.error({ err: messageOf(error), stack: error instanceof Error ? error.stack : undefined, final }, 'failed');
      if (final) await persist(() => endRetries(job.id, job.retryCount));
      await persist(() => boss.fail(job.name, attempt, { message: messageOf(error) }));
    } else speak.info({ reason }, 'stopped');
  } finally {
    clearTimeout(expiry);
  }
}

/** What a job came to must reach the database; while that is down it is tried again for half a minute. */
async function persist(write: () => Promise<unknown>): Promise<void> {
  for (let wait = 100; ; wait *= 2) {
    try {
      await write();
      return;
    } catch (error) {
      if (wait > 15_000) {
        log.error({ part: 'queue', err: messageOf(error) }, 'the outcome of a job could not be written; it will run again');
        return;
      }
      await sleep(wait);
    }
  }
}
