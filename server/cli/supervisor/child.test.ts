import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from '#server/platform/processes/alive.ts';
import { freePort } from '#server/platform/processes/ports.ts';
import { SupervisedChild } from './child.ts';
import { childEnv } from './child-env.ts';

let folder: string;
let child: SupervisedChild | undefined;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stagecraft-child-'));
  said = [];
});
afterEach(async () => {
  await child?.stop(200);
  rmSync(folder, { recursive: true, force: true });
});

function supervise(code: string, address?: { host: string; port: number }): SupervisedChild {
  const script = join(folder, 'child.mjs');
  writeFileSync(script, code);
  child = new SupervisedChild(
    {
      name: 'worker',
      script,
      env: childEnv({}),
      logFile: join(folder, 'logs', 'worker.log'),
      echo: false,
      ...(address ? { address } : {}),
    },
    { say: (line) => said.push(line), onChange: () => undefined },
  );
  return child;
}

async function until(check: () => boolean): Promise<void> {
  const end = Date.now() + 8_000;
  while (!check()) {
    if (Date.now() > end) throw new Error('it did not come about in time');
    await sleep(20);
  }
}

test('a process that is killed starts again, and the reason is said', async () => {
  const one = supervise('setInterval(() => {}, 1000)');
  one.start();
  const first = one.pid;
  await until(() => isAlive(first));
  process.kill(first, 'SIGKILL');
  await until(() => one.pid !== first && isAlive(one.pid));
  expect(said).toEqual(['worker ended (killed by SIGKILL); it starts again in 0.5 s']);
});

test('a process that fails says why, from its log', async () => {
  const one = supervise('throw new Error("no such table")');
  one.start();
  await until(() => said.length > 0);
  expect(said[0]).toBe('worker ended (exit code 1: Error: no such table); it starts again in 0.5 s');
});

test('one that does not end when told is ended, and does not come back', async () => {
  const one = supervise(
    'process.on("SIGTERM", () => {}); process.send({ type: "run-info", info: { up: true } }); setInterval(() => {}, 1000)',
  );
  one.start();
  await until(() => one.info.up === true);
  const started = Date.now();
  await one.stop(300);
  await until(() => !isAlive(one.pid));
  expect(Date.now() - started).toBeLessThan(2_000);
  expect(said).toEqual([]);
});

test('one that is told to end while it waits for its next start stays ended', async () => {
  const one = supervise(
    `import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify('STARTS')}, 'x'); process.exit(3)`.replace(
      '"STARTS"',
      JSON.stringify(join(folder, 'starts')),
    ),
  );
  one.start();
  await until(() => said.length === 1);
  await one.stop(200);
  await sleep(900);
  expect(readFileSync(join(folder, 'starts'), 'utf8')).toBe('x');
});

test('it is ready when it accepts connections', async () => {
  const port = await freePort(0);
  const one = supervise(
    `import { createServer } from 'node:net'; setTimeout(() => createServer().listen(${port}, '127.0.0.1'), 300)`,
    { host: '127.0.0.1', port },
  );
  one.start();
  await one.ready(5_000);
  expect(existsSync(one.spec.logFile)).toBe(true);
});

test('one that never answers is reported with the place of its log', async () => {
  const port = await freePort(0);
  const one = supervise('setInterval(() => {}, 1000)', { host: '127.0.0.1', port });
  one.start();
  await expect(one.ready(300)).rejects.toThrow(`worker does not answer on port ${port}`);
});

test('a port that is taken is passed over', async () => {
  const port = await freePort(20_000);
  const server = createServer().listen(port, '127.0.0.1');
  expect(await freePort(port)).toBe(port + 1);
  expect(await freePort(port, '127.0.0.1', [port + 1])).toBe(port + 2);
  await new Promise((done) => server.close(done));
});
