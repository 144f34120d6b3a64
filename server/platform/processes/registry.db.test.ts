import { afterEach, expect, test } from 'vitest';
import { db } from '#server/platform/db/client.ts';
import { heartbeat, listProcesses, registerProcess, unregisterProcess } from './registry.ts';

afterEach(() => unregisterProcess());

test('a process is listed with what it tells of itself, and is gone after an orderly end', async () => {
  const { id } = await registerProcess({ kind: 'gateway', info: { url: 'http://here' } });
  await heartbeat({ routing: { a: 3 } });
  const [row] = await listProcesses();
  expect(row).toMatchObject({
    id,
    kind: 'gateway',
    pid: process.pid,
    alive: true,
    info: { url: 'http://here', routing: { a: 3 } },
  });
  await unregisterProcess();
  expect(await listProcesses()).toEqual([]);
});

test('one that was not heard of is shown as such, and forgotten after an hour', async () => {
  const silent = { kind: 'worker', host: 'h', pid: 1, startedAt: new Date(0) };
  await db.process.create({ data: { ...silent, heartbeatAt: new Date(Date.now() - 60_000) } });
  await db.process.create({ data: { ...silent, heartbeatAt: new Date(Date.now() - 2 * 3_600_000) } });
  await registerProcess({ kind: 'console' });
  expect((await listProcesses()).map((row) => [row.kind, row.alive])).toEqual([
    ['console', true],
    ['worker', false],
  ]);
});
