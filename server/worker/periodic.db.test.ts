import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { transaction } from '#server/platform/db/client.ts';
import { startPeriodic } from './periodic.ts';

test('of two workers one runs a task at a time, failures do not end it, and stopping waits for what runs', async () => {
  let running = 0;
  let most = 0;
  let runs = 0;
  const task = {
    name: 'test',
    everyMs: 40,
    run: async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(60);
      running -= 1;
      runs += 1;
      if (runs === 1) throw new Error('the first time it fails');
    },
  };
  const stops = [startPeriodic([task]), startPeriodic([task])];
  while (runs < 4) await sleep(20);
  await Promise.all(stops.map((stop) => stop()));
  expect({ most, running }).toEqual({ most: 1, running: 0 });
  const after = runs;
  await sleep(150);
  expect(runs).toBe(after);
});

test('more tasks than connections don’t wait for each other: each is done in its turn', async () => {
  const done = new Set<string>();
  const tasks = Array.from({ length: 25 }, (_, i) => ({
    name: `many ${i}`,
    everyMs: 60_000,
    run: async () => {
      await transaction((tx) => tx.$executeRaw`select pg_sleep(0.01)`);
      done.add(`many ${i}`);
    },
  }));
  const started = Date.now();
  const stop = startPeriodic(tasks);
  while (done.size < tasks.length && Date.now() - started < 8_000) await sleep(20);
  await stop();
  expect(done.size).toBe(tasks.length);
});
