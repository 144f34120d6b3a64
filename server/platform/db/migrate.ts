import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { DomainError, messageOf } from '#server/errors.ts';
import { lockKey } from './lock.ts';
import { MIGRATIONS, migrationNames } from './migrations.ts';

export type MigrationState = { pending: string[]; unknown: string[]; failed: string[]; changed: string[] };

type Row = { migration_name: string; checksum: string; finished_at: Date | null; rolled_back_at: Date | null };

/** Compares the migrations of this code with those that the database has. */
export async function migrationState(url: string): Promise<MigrationState> {
  const client = await connect(url);
  try {
    return compare(await appliedRows(client));
  } finally {
    await client.end();
  }
}

/**
 * Brings the database to the schema of this code; processes that start at once wait for each other.
 * @param upTo applies these only: a restore goes on from the schema that its backup had
 * @returns names of the migrations that were applied now
 * @throws DomainError CONFLICT in one line when the database is newer than the code, or an earlier migration failed
 */
export async function migrate(url: string, onWait?: () => void, upTo?: readonly string[]): Promise<string[]> {
  const client = await connect(url);
  const key = lockKey('migrate');
  try {
    const free = await client.query<{ ok: boolean }>('select pg_try_advisory_lock($1::bigint) as ok', [key]);
    if (!free.rows[0]?.ok) {
      onWait?.();
      await client.query('select pg_advisory_lock($1::bigint)', [key]);
    }
    const state = compare(await appliedRows(client));
    assertUsable(state);
    if (state.pending.length) await client.query(TABLE);
    const wanted = upTo ? state.pending.filter((name) => upTo.includes(name)) : state.pending;
    for (const name of wanted) await apply(client, name);
    return wanted;
  } finally {
    await client.end();
  }
}

/**
 * Refuses a database that this code can't work on.
 * @throws DomainError CONFLICT in one line that says the way out
 */
export function assertUsable(state: MigrationState): void {
  if (state.unknown.length) {
    throw new DomainError(
      'CONFLICT',
      `The database is newer than this code: it has ${state.unknown.join(', ')}, which this version doesn't know. Update the code (git pull), or restore a backup made by this version.`,
    );
  }
  if (state.failed.length) {
    throw new DomainError(
      'CONFLICT',
      `Migration ${state.failed[0]} failed here before and left the database half way: restore the last backup, then start again.`,
    );
  }
  if (state.changed.length) {
    throw new DomainError(
      'CONFLICT',
      `Migration ${state.changed[0]} was edited after this database took it: undo the edit, or start on a new data folder (STAGECRAFT_DATA).`,
    );
  }
}

/** The table of Prisma's own `migrate` command, which so understands this database. */
const TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
  logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

/** Each migration is one transaction: it is there whole or not at all. (The engine's own `applyMigrations` cuts scripts at every semicolon.) */
async function apply(client: pg.Client, name: string): Promise<void> {
  const sql = readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8');
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) values ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum(name), name],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw new DomainError('INTERNAL', `Migration ${name} failed and changed nothing: ${messageOf(error)}`, undefined, {
      cause: error,
    });
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'stagecraft-migrate' });
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw new DomainError('UNAVAILABLE', `The database can't be reached: ${messageOf(error)}. Check DATABASE_URL.`, undefined, {
      cause: error,
    });
  }
}

async function appliedRows(client: pg.Client): Promise<Row[]> {
  const table = await client.query<{ name: string | null }>("select to_regclass('_prisma_migrations')::text as name");
  if (!table.rows[0]?.name) return [];
  const rows = await client.query<Row>('select migration_name, checksum, finished_at, rolled_back_at from _prisma_migrations');
  return rows.rows.filter((row) => !row.rolled_back_at);
}

function compare(rows: Row[]): MigrationState {
  const known = migrationNames();
  const done = new Map(rows.filter((row) => row.finished_at).map((row) => [row.migration_name, row.checksum]));
  return {
    pending: known.filter((name) => !done.has(name)),
    unknown: rows.map((row) => row.migration_name).filter((name) => !known.includes(name)),
    failed: rows.filter((row) => !row.finished_at).map((row) => row.migration_name),
    changed: known.filter((name) => done.has(name) && done.get(name) !== checksum(name)),
  };
}

function checksum(name: string): string {
  return createHash('sha256')
    .update(readFileSync(join(MIGRATIONS, name, 'migration.sql')))
    .digest('hex');
}
