import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { config } from '#server/config.ts';
import { closeDatabase, db } from '#server/platform/db/client.ts';
import { databaseUrl, setDatabaseUrl } from '#server/platform/db/url.ts';
import { APPLICATION_ROLE, localUrl } from '#server/platform/postgres/provision.ts';
import { defineJob, enqueue } from '#server/platform/queue/queue.ts';
import { pathOf, putObject, readObject } from '#server/platform/storage/objects.ts';
import { createProject, createUser } from '#server/testing/factories.ts';
import { readBackup, readManifest, writeBackup } from './backup-folder.ts';

const job = defineJob({ name: 'test.backup', payload: z.object({ n: z.number() }) });
const said: string[] = [];
const say = (line: string) => void said.push(line);
const { adminUrl, port, password } = inject('database');
const made: string[] = [];

async function admin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function emptyDatabase(): Promise<string> {
  const name = `restore_${randomBytes(6).toString('hex')}`;
  made.push(name);
  await admin(`create database ${name} owner ${APPLICATION_ROLE}`);
  return localUrl({ user: APPLICATION_ROLE, password, port, database: name });
}

let source: string;
let folder: string;
let key: string;
const original = { dataDir: config.dataDir, objectsDir: config.objectsDir };

beforeAll(async () => {
  source = databaseUrl();
  folder = join(config.dataDir, 'backup');
  writeFileSync(join(config.dataDir, 'secret'), 'the secret\n', { mode: 0o600 });
  const project = await createProject({ name: 'kept', title: 'Töne, "quotes",\ttabs\nand \\N lines' });
  await createUser({ name: 'Ada' });
  ({ key } = await putObject('an object', { mediaType: 'text/plain' }));
  await db.upload.create({ data: { projectId: project.id, filename: 'a.txt', size: 9n, objectKey: key } });
  await enqueue(db, job, { n: 7 });
  await writeBackup(source, folder, new Date('2030-01-02T03:04:05Z'), say);
});

afterAll(async () => {
  for (const name of made) await admin(`drop database if exists ${name} with (force)`);
});

/** As on another machine: another database, another data folder. */
async function elsewhere<T>(fn: (url: string) => Promise<T>): Promise<T> {
  const url = await emptyDatabase();
  config.dataDir = join(original.dataDir, `elsewhere-${made.length}`);
  config.objectsDir = join(config.dataDir, 'objects');
  await closeDatabase();
  setDatabaseUrl(url);
  try {
    return await fn(url);
  } finally {
    await closeDatabase();
    setDatabaseUrl(source);
    Object.assign(config, original);
  }
}

test('what was backed up is there after a restore: rows, objects, waiting jobs and the secret', async () => {
  await elsewhere(async (url) => {
    await mkdir(config.dataDir, { recursive: true });
    await readBackup(url, folder, say);
    const project = await db.project.findUniqueOrThrow({ where: { name: 'kept' } });
    expect(project.title).toBe('Töne, "quotes",\ttabs\nand \\N lines');
    expect(await db.user.count({ where: { name: 'Ada' } })).toBe(1);
    expect((await readObject(key)).toString()).toBe('an object');
    const jobs = await db.$queryRaw<{ data: unknown }[]>`select data from pgboss.job where name = ${job.name}`;
    expect(jobs).toEqual([{ data: { n: 7 } }]);
    const keys = await db.$queryRaw<
      { n: bigint }[]
    >`select count(*) as n from pg_constraint where contype = 'f' and not convalidated`;
    expect(Number(keys[0]?.n)).toBe(0);
    expect(statSync(join(config.dataDir, 'secret')).mode & 0o777).toBe(0o600);
  });
});

test('a database that holds data is left alone', async () => {
  const before = await db.project.count();
  await expect(readBackup(source, folder, say)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('not empty'),
  });
  expect(await db.project.count()).toBe(before);
});

test('a backup that was cut off, or is of a newer version, is refused in one line', async () => {
  expect(() => readManifest(original.dataDir)).toThrow('no whole backup');
  const newer = join(original.dataDir, 'newer');
  await mkdir(newer);
  await writeFile(
    join(newer, 'manifest.json'),
    JSON.stringify({ ...readManifest(folder), migrations: ['29990101000000_future'] }),
  );
  expect(() => readManifest(newer)).toThrow('newer than this code');
});

test('a damaged object or table stops the restore, and the database stays empty', async () => {
  const tables = readdirSync(join(folder, 'tables'));
  expect(tables).toContain('public.project.copy');
  await elsewhere(async (url) => {
    await mkdir(config.dataDir, { recursive: true });
    await appendFile(join(folder, 'tables', 'public.project.copy'), 'broken\n');
    await expect(readBackup(url, folder, say)).rejects.toThrow();
    expect(await db.project.count()).toBe(0);
    expect(await db.storedObject.count()).toBe(0);
    expect(existsSync(join(config.dataDir, 'secret'))).toBe(false);
  });
  await appendFile(join(folder, 'objects', key.slice(0, 2), key), 'x');
  await elsewhere(async (url) => {
    await expect(readBackup(url, folder, say)).rejects.toThrow('damaged');
    expect(existsSync(pathOf(key))).toBe(false);
  });
});

test('a folder with something in it is not written to', async () => {
  await expect(writeBackup(source, folder, new Date(), say)).rejects.toThrow('not empty');
});
