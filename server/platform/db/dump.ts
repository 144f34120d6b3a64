import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { copyTo } from './copy.ts';

export type TableDump = { schema: string; table: string; columns: string[]; rows: number };

export type DatabaseDump = {
  tables: TableDump[];
  sequences: { schema: string; name: string; value: string }[];
  /** Names of the migrations that the database had, and the version of the queue's schema. */
  migrations: string[];
  queueVersion: number | null;
  /** Keys of the objects that the tables speak of. */
  objects: string[];
};

const SCHEMAS = ['public', 'pgboss'];
const MIGRATIONS_TABLE = '_prisma_migrations';

/**
 * Writes every table as PostgreSQL's COPY text into `folder`, all as of one moment, while others go on working.
 * Needs no more rights than the application's own.
 */
export async function dumpDatabase(url: string, folder: string, onTable?: (dump: TableDump) => void): Promise<DatabaseDump> {
  const client = new pg.Client({ connectionString: url, application_name: 'stagecraft-backup' });
  await client.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const tables: TableDump[] = [];
    for (const table of await listTables(client)) {
      const rows = await dumpTable(client, table, join(folder, fileOf(table)));
      tables.push({ ...table, rows });
      onTable?.({ ...table, rows });
    }
    return { tables, ...(await readRest(client)) };
  } finally {
    await client.end();
  }
}

/** The file of a table below the dump's folder. */
export function fileOf(table: { schema: string; table: string }): string {
  return `${table.schema}.${table.table}.copy`;
}

/** Ordinary tables and partitions with the columns that can be written; views and what the migrations make again don't count. */
export async function listTables(client: pg.Client): Promise<Omit<TableDump, 'rows'>[]> {
  const found = await client.query<{ schema: string; table: string; columns: string[] }>(
    `select n.nspname as schema, c.relname as "table",
            array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relkind = 'r' and n.nspname = any ($1) and c.relname <> $2 and not (n.nspname = 'pgboss' and c.relname = 'version')
      group by 1, 2 order by 1, 2`,
    [SCHEMAS, MIGRATIONS_TABLE],
  );
  return found.rows;
}

/** A table's name as SQL. */
export function quoted(table: { schema: string; table: string }): string {
  return `${pg.escapeIdentifier(table.schema)}.${pg.escapeIdentifier(table.table)}`;
}

async function dumpTable(client: pg.Client, table: Omit<TableDump, 'rows'>, file: string): Promise<number> {
  const sink = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  const opened = once(sink, 'open');
  await opened;
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const rows = await copyTo(client, `copy (select ${columns} from only ${quoted(table)}) to stdout`, sink);
  sink.end();
  await once(sink, 'close');
  return rows;
}

async function readRest(client: pg.Client): Promise<Omit<DatabaseDump, 'tables'>> {
  const sequences = await client.query<{ schema: string; name: string; value: string }>(
    `select schemaname as schema, sequencename as name, last_value::text as value
       from pg_sequences where schemaname = any ($1) and last_value is not null`,
    [SCHEMAS],
  );
  const migrations = await client.query<{ name: string }>(
    `select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null order by 1`,
  );
  const objects = await client.query<{ key: string }>('select key from stored_object order by key');
  return {
    sequences: sequences.rows,
    migrations: migrations.rows.map((row) => row.name),
    queueVersion: await queueVersion(client),
    objects: objects.rows.map((row) => row.key),
  };
}

/** The version of pg-boss's schema, null when it isn't installed. */
export async function queueVersion(client: pg.Client): Promise<number | null> {
  const there = await client.query<{ name: string | null }>("select to_regclass('pgboss.version')::text as name");
  if (!there.rows[0]?.name) return null;
  const version = await client.query<{ version: number }>('select version from pgboss.version');
  return version.rows[0]?.version ?? null;
}
