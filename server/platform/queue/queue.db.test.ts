import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { config } from '#server/config.ts';
import { DomainError } from '#server/errors.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { pool } from '#server/platform/db/pool.ts';
import { databaseUrl } from '#server/platform/db/url.ts';
import { slowJob } from '#server/testing/queue-worker.ts';
import { listQueues } from './jobs.repo.ts';
import { bindJob, cancelJob, defineJob, enqueue, type JobContext, type JobDefinition, stopReason } from './queue.ts';
import { type Runner, startRunner } from './runner.ts';

let runner: Runner | undefined;
const children: ChildProcess[] = [];
afterEach(async () => {
  await runner?.stop(500);
  runner = undefined;
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const number = z.object({ n: z.number() });
type Handler<P> = (payload: P, context: JobContext) => Promise<void>;

async function work<P>(job: JobDefinition<P>, handler: Handler<P>, places = { short: 4, long: 2 }): Promise<void> {
  runner = await startRunner({ bindings: [bindJob(job, async () => ({ handler }))], places, pollMs: 300 });
}

async function until(check: () => boolean | Promise<boolean>, ms = 12_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await check())) {
    if (Date.now() > end) throw new Error('it did not come about in time');
    await sleep(25);
  }
}

const stateOf = async (id: string) =>
  (await pool.query<{ state: string }>('select state::text as state from pgboss.job where id = $1', [id])).rows[0]?.state;

describe('putting jobs in', () => {
  const job = defineJob({ name: 'test.transaction', payload: number });

  test('a job exists when its transaction commits, and never when it rolls back', async () => {
    const seen: number[] = [];
    await work(job, async ({ n }) => void seen.push(n));
    const rolledBack = transaction(async (tx) => {
      await enqueue(tx, job, { n: 1 });
      throw new Error('changed my mind');
    });
    await expect(rolledBack).rejects.toThrow('changed my mind');
    await transaction((tx) => enqueue(tx, job, { n: 2 }));
    await until(() => seen.length > 0);
    await sleep(300);
    expect(seen).toEqual([2]);
  });

  test('a payload that is not what the definition says is refused', async () => {
    await expect(enqueue(db, job, { n: 'one' } as never)).rejects.toThrow();
  });

  test('of jobs with one key one waits, and never do two run', async () => {
    const single = defineJob({ name: 'test.single', payload: number, singletonKey: ({ n }) => String(n) });
    let running = 0;
    let most = 0;
    let runs = 0;
    await work(single, async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(200);
      running -= 1;
      runs += 1;
    });
    const first = await enqueue(db, single, { n: 1 });
    await until(() => running === 1);
    const ids = [];
    for (let i = 0; i < 5; i += 1) ids.push(await enqueue(db, single, { n: 1 }));
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).not.toBe(first);
    await until(() => runs === 2);
    await sleep(400);
    expect({ most, runs }).toEqual({ most: 1, runs: 2 });
  });

  test('a later start is kept to', async () => {
    let at = 0;
    await work(job, async () => {
      at = Date.now();
    });
    const start = new Date(Date.now() + 800);
    await enqueue(db, job, { n: 1 }, { startAfter: start });
    await until(() => at > 0);
    expect(at).toBeGreaterThanOrEqual(start.getTime());
  });
});

describe('running jobs', () => {
  test('a handler that throws is repeated, and told when it is the last time', async () => {
    const job = defineJob({ name: 'test.throws', payload: number, retryLimit: 1 });
    const last: boolean[] = [];
    await work(job, async (_payload, context) => {
      last.push(context.lastAttempt);
      throw new Error('not today');
    });
    const id = await enqueue(db, job, { n: 1 });
    await until(async () => (await stateOf(id)) === 'failed', 10_000);
    expect(last).toEqual([false, true]);
    expect(await listQueues()).toContainEqual(expect.objectContaining({ name: 'test.throws', failed: 1, running: 0 }));
  });

  test('what can not become valid is not repeated', async () => {
    const job = defineJob({ name: 'test.invalid', payload: number, retryLimit: 5 });
    let runs = 0;
    await work(job, async () => {
      runs += 1;
      throw new DomainError('INVALID', 'This file has no rows.');
    });
    const id = await enqueue(db, job, { n: 1 });
    await until(async () => (await stateOf(id)) === 'failed');
    expect(runs).toBe(1);
  });

  test('cancelling stops a running handler, and a waiting job never runs', async () => {
    const job = defineJob({ name: 'test.cancel', payload: number, lane: 'long' });
    const seen: string[] = [];
    await work(
      job,
      async ({ n }, { signal }) => {
        seen.push(`start ${n}`);
        await new Promise<void>((done) => signal.addEventListener('abort', () => done()));
        seen.push(`${stopReason(signal)} ${n}`);
        throw new Error('stopped');
      },
      { short: 1, long: 1 },
    );
    const running = await enqueue(db, job, { n: 1 });
    const waiting = await enqueue(db, job, { n: 2 });
    await until(() => seen.length === 1);
    await cancelJob(job, waiting);
    await cancelJob(job, running);
    await until(() => seen.length === 2, 2_000);
    await sleep(500);
    expect(seen).toEqual(['start 1', 'cancelled 1']);
    expect([await stateOf(running), await stateOf(waiting)]).toEqual(['cancelled', 'cancelled']);
  });

  test('short jobs do not wait for long ones', async () => {
    const long = defineJob({ name: 'test.long', payload: number, lane: 'long' });
    const short = defineJob({ name: 'test.short', payload: number });
    const done: number[] = [];
    let free: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => {
      free = resolve;
    });
    runner = await startRunner({
      bindings: [
        bindJob(long, async () => ({ handler: async () => blocked })),
        bindJob(short, async () => ({ handler: async ({ n }) => void done.push(n) })),
      ],
      places: { short: 1, long: 1 },
    });
    for (let n = 0; n < 3; n += 1) await enqueue(db, long, { n });
    for (let n = 0; n < 3; n += 1) await enqueue(db, short, { n });
    await until(() => done.length === 3);
    expect(runner.running().map((job) => job.name)).toEqual(['test.long']);
    free();
  });

  test('a worker that ends puts its jobs back without counting the run', async () => {
    const job = defineJob({ name: 'test.shutdown', payload: number, retryLimit: 0 });
    let runs = 0;
    const handler: Handler<{ n: number }> = async (_payload, { signal }) => {
      runs += 1;
      if (runs > 1) return;
      await new Promise((_, fail) => signal.addEventListener('abort', () => fail(new Error('stopped'))));
    };
    await work(job, handler);
    const id = await enqueue(db, job, { n: 1 });
    await until(() => runs === 1);
    await runner?.stop(1_000);
    expect(await stateOf(id)).toBe('retry');
    await work(job, handler);
    await until(async () => (await stateOf(id)) === 'completed');
    expect(runs).toBe(2);
  });
});

describe('workers that die', () => {
  async function startWorker(): Promise<ChildProcess> {
    const script = join(import.meta.dirname, '..', '..', 'testing', 'queue-worker.ts');
    const child = fork(script, [databaseUrl()], { stdio: 'inherit' });
    children.push(child);
    await once(child, 'message');
    return child;
  }
  const lines = (file: string) => {
    try {
      return readFileSync(file, 'utf8').trim().split('\n');
    } catch {
      return [];
    }
  };

  test('the job of a killed worker runs again within seconds, although it is never repeated on errors', async () => {
    const file = join(config.dataDir, 'killed.txt');
    const workers = [await startWorker(), await startWorker()];
    await enqueue(db, slowJob, { file, ms: 4_000 });
    await until(() => lines(file).length === 1);
    const first = workers.find((worker) => lines(file)[0] === `start ${worker.pid}`);
    const second = workers.find((worker) => worker !== first);
    await sleep(500);
    first?.kill('SIGKILL');
    const killed = Date.now();
    await until(() => lines(file).length === 2);
    // Two looks a second apart, and room for a busy machine; a heartbeat or a time-out would take much longer.
    expect(Date.now() - killed).toBeLessThan(8_000);
    await until(() => lines(file).length === 3);
    expect(lines(file)).toEqual([`start ${first?.pid}`, `start ${second?.pid}`, `end ${second?.pid}`]);
  });

  test('connections that the database cuts off do not make a job run twice', async () => {
    const file = join(config.dataDir, 'cut.txt');
    const first = await startWorker();
    await startWorker();
    await enqueue(db, slowJob, { file, ms: 3_000 });
    await until(() => lines(file).length === 1);
    await sleep(500);
    await pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await until(() => lines(file).length > 1, 8_000);
    expect(lines(file)[1]).toMatch(/^end/);
    await sleep(500);
    expect(lines(file)).toHaveLength(2);
    expect(first.exitCode).toBeNull();
  });
});
