import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, describe, expect, inject, test, vi } from 'vitest';
import { pendingSql } from '#server/cli/create-migration.ts';
import { APPLICATION_ROLE, localUrl } from '#server/platform/postgres/provision.ts';
import { createProject } from '#server/testing/factories.ts';
import { db, transaction } from './client.ts';
import { isUniqueViolation } from './errors.ts';
import { withAdvisoryLock } from './lock.ts';
import { migrate, migrationState } from './migrate.ts';
import { migrationNames } from './migrations.ts';
import { pool } from './pool.ts';
import { databaseUrl } from './url.ts';

describe('migrations', () => {
  const { adminUrl, port, password } = inject('database');
  const name = `migrate_${randomBytes(6).toString('hex')}`;
  const url = localUrl({ user: APPLICATION_ROLE, password, port, database: name });

  async function run(target: string, sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: target });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  }
  afterAll(() => run(adminUrl, `drop database if exists ${name} with (force)`));

  test('lead to the schema of this code', async () => {
    expect(await pendingSql()).toBe('');
  });

  test('of two processes that start at once one applies them', async () => {
    await run(adminUrl, `create database ${name} owner ${APPLICATION_ROLE}`);
    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(applied.flat()).toEqual(migrationNames());
    expect(await migrationState(url)).toEqual({ pending: [], unknown: [], failed: [], changed: [] });
  });

  test('of a database that is newer than the code say so in one line', async () => {
    await run(
      url,
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'x', '29990101000000_future', now())`,
    );
    await expect(migrate(url)).rejects.toThrow('The database is newer than this code: it has 29990101000000_future');
    await run(url, `delete from _prisma_migrations where id = 'x'`);
  });

  test('that were edited after they were applied are refused', async () => {
    await run(url, `update _prisma_migrations set checksum = 'other' where migration_name = '${migrationNames()[0]}'`);
    await expect(migrate(url)).rejects.toThrow('was edited after this database took it');
  });
});

describe('transactions', () => {
  test('what throws rolls back', async () => {
    await transaction(async (tx) => {
      await tx.project.create({ data: { name: 'rolled-back', title: '' } });
      throw new Error('changed my mind');
    }).catch(() => undefined);
    expect(await db.project.count({ where: { name: 'rolled-back' } })).toBe(0);
  });

  test('two that add one to a figure at once both count, when serializable', async () => {
    const project = await createProject();
    const addOne = () =>
      transaction(
        async (tx) => {
          const { version } = await tx.project.findUniqueOrThrow({ where: { id: project.id } });
          await tx.project.update({ where: { id: project.id }, data: { version: version + 1 } });
        },
        { isolation: 'Serializable' },
      );
    await Promise.all([addOne(), addOne(), addOne()]);
    expect((await db.project.findUniqueOrThrow({ where: { id: project.id } })).version).toBe(4);
  });

  test('a name that is taken is told from other failures', async () => {
    const project = await createProject();
    const error = await createProject({ name: project.name }).catch((e: unknown) => e);
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(new Error('else'))).toBe(false);
  });
});

describe('an advisory lock', () => {
  test('is held by one at a time, and free again after a failure', async () => {
    let inner: string | undefined = 'not called';
    const outer = await withAdvisoryLock('only one', async () => {
      inner = await withAdvisoryLock('only one', async () => 'inner');
      return withAdvisoryLock('another', async () => 'another');
    });
    expect([outer, inner]).toEqual(['another', undefined]);
    await expect(withAdvisoryLock('only one', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await withAdvisoryLock('only one', async () => 'free')).toBe('free');
  });

  test('is lost with its connection, so that a process that dies blocks nobody', async () => {
    const client = new pg.Client({ connectionString: databaseUrl() });
    client.on('error', () => undefined);
    await client.connect();
    const { lockKey } = await import('./lock.ts');
    await client.query('select pg_advisory_lock($1::bigint)', [lockKey('dead')]);
    expect(await withAdvisoryLock('dead', async () => 'got it')).toBeUndefined();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    const got = await vi.waitUntil(() => withAdvisoryLock('dead', async () => 'got it'), { timeout: 10_000, interval: 20 });
    expect(got).toBe('got it');
  });
});
