import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from '#server/platform/processes/alive.ts';
import { type EmbeddedDatabase, findEmbedded, startEmbedded } from './embedded.ts';

let folder: string;
const started: EmbeddedDatabase[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stagecraft-embedded-'));
});
afterEach(async () => {
  for (const database of started.splice(0)) await database.stop(2_000);
  rmSync(folder, { recursive: true, force: true });
});

async function start(dataDir = join(folder, 'data'), onExit?: (restart: () => Promise<void>) => void): Promise<EmbeddedDatabase> {
  const database = await startEmbedded(dataDir, onExit ? { onExit } : {});
  started.push(database);
  return database;
}

async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

test('a first start makes the cluster; the application is no superuser, and its password is readable by the owner only', async () => {
  const database = await start();
  const rows = await query(
    database.url,
    `select rolsuper, rolcreatedb, rolcreaterole, current_setting('TimeZone') as zone from pg_roles where rolname = current_user`,
  );
  expect(rows).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false, zone: 'UTC' }]);
  await expect(query(database.url, `select pg_read_file('/etc/passwd')`)).rejects.toThrow('permission denied');
  expect(statSync(join(folder, 'data', 'database.json')).mode & 0o077).toBe(0);
  expect(await findEmbedded(join(folder, 'data'))).toMatchObject({ port: database.port, pid: database.pid() });
});

test('data and port stay over a stop; a stopped one is not found', async () => {
  const first = await start();
  await query(first.url, 'create table kept (n int); insert into kept values (7)');
  await first.stop();
  expect(await findEmbedded(join(folder, 'data'))).toBeUndefined();
  const second = await start();
  expect(second.port).toBe(first.port);
  expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
});

test('a server that a killed supervisor left running is taken over', async () => {
  const left = await start();
  const next = await start();
  expect(next.pid()).toBe(left.pid());
  expect(await query(next.url, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test('a server that is killed can be brought back at once, on its port, with what was committed', async () => {
  let back: Promise<void> | undefined;
  const database = await start(undefined, (restart) => {
    back = restart();
  });
  await query(database.url, 'create table kept (n int); insert into kept values (7)');
  const before = database.pid();
  process.kill(before, 'SIGKILL');
  while (!back) await sleep(10);
  await back;
  expect(database.pid()).not.toBe(before);
  expect(await query(database.url, 'select n from kept')).toEqual([{ n: 7 }]);
});

test('a start that was cut off while the cluster was being made leaves nothing in the way', async () => {
  const data = join(folder, 'data');
  const database = await start(data);
  await database.stop();
  rmSync(join(data, 'postgres'), { recursive: true });
  writeFileSync(join(data, 'postgres.new'), 'half');
  const again = await start(data);
  expect(await query(again.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  expect(existsSync(join(data, 'postgres.new'))).toBe(false);
});

test('a folder of another major version is refused in one line', async () => {
  const data = join(folder, 'data');
  const database = await start(data);
  await database.stop();
  writeFileSync(join(data, 'postgres', 'PG_VERSION'), '9\n');
  await expect(startEmbedded(data)).rejects.toThrow(/made by PostgreSQL 9, this version of Stagecraft brings \d+/);
});

test.runIf(process.getuid?.() === 0)('as root it works below a folder that nobody else may enter', async () => {
  chmodSync(folder, 0o700);
  const database = await start();
  expect(await query(database.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  await expect(query(database.url, `select pg_read_file('/etc/shadow')`)).rejects.toThrow('permission denied');
  expect(isAlive(database.pid())).toBe(true);
});
