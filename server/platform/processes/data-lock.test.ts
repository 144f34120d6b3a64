import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive, startMark } from './alive.ts';
import { lockDataFolder, lockOwner } from './data-lock.ts';

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stagecraft-lock-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function holder(): Promise<ChildProcess> {
  const script = join(folder, 'hold.mjs');
  const module = join(import.meta.dirname, 'data-lock.ts');
  writeFileSync(
    script,
    `const { lockDataFolder } = await import(${JSON.stringify(module)}); lockDataFolder(${JSON.stringify(folder)}, 'npm start'); process.send('held'); setInterval(() => {}, 1000);`,
  );
  const started = fork(script);
  await once(started, 'message');
  child = started;
  return started;
}

test('a second process is refused, and told who has the folder', async () => {
  const other = await holder();
  expect(() => lockDataFolder(folder, 'npm run backup')).toThrow(`in use by \`npm start\` (process ${other.pid})`);
});

test('the lock of a process that was killed is taken over', async () => {
  const other = await holder();
  other.kill('SIGKILL');
  await once(other, 'exit');
  expect(lockOwner(folder)).toBeUndefined();
  lockDataFolder(folder, 'npm start')();
  expect(readdirSync(folder).filter((name) => name.startsWith('lock'))).toEqual([]);
});

test('an owner whose process id is in use again by another program is no owner', () => {
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.ppid, mark: 'long ago', what: 'npm start' }));
  expect(lockOwner(folder)).toBeUndefined();
  const unlock = lockDataFolder(folder, 'npm start');
  expect(lockOwner(folder)?.pid).toBe(process.pid);
  unlock();
});

test('a torn lock file does not shut the folder for ever', () => {
  writeFileSync(join(folder, 'lock'), '{"pid": 1');
  lockDataFolder(folder, 'npm start')();
});

test('a process is told from another by when it started', () => {
  expect(isAlive(process.pid)).toBe(true);
  expect(startMark(process.pid)).toBe(startMark(process.pid));
  expect(startMark(process.pid)).not.toBe(startMark(process.ppid));
  expect(startMark(2 ** 22 + 5)).toBe('');
});
