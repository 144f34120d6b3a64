import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { DomainError } from '#server/errors.ts';
import { copyFrom } from './copy.ts';
import { type DatabaseDump, fileOf, listTables, queueVersion, quoted, type TableDump } from './dump.ts';

/**
 * Fills a migrated, empty database from a dump, in one transaction: it is whole afterwards, or as empty as before.
 * Waiting jobs of another version of the queue's schema are left out.
 * @returns the tables that were filled, and whether the queue's were left out
 * @throws DomainError CONFLICT when the database holds data
 */
export async function loadDatabase(
  url: string,
  folder: string,
  dump: DatabaseDump,
  onTable?: (table: TableDump) => void,
): Promise<{ tables: number; queueLeftOut: boolean }> {
  const client = new pg.Client({ connectionString: url, application_name: 'stagecraft-restore' });
  await client.connect();
  try {
    await client.query('begin');
    await assertEmpty(client);
    const queueLeftOut = (await queueVersion(client)) !== dump.queueVersion;
    const present = new Set((await listTables(client)).map(quoted));
    const tables = dump.tables.filter((table) => present.has(quoted(table)) && !(queueLeftOut && table.schema === 'pgboss'));
    // Rows refer to each other in every order; the keys come back, and are checked, after all rows are there.
    const keys = await foreignKeys(client);
    for (const key of keys) await client.query(`alter table ${key.table} drop constraint ${pg.escapeIdentifier(key.name)}`);
    // What triggers once wrote beside a row (a project's stages, an entry's place in the record) is in the dump itself.
    const triggers = await tablesWithTriggers(client);
    for (const name of triggers) await client.query(`alter table ${name} disable trigger user`);
    for (const table of tables) {
      if (table.schema === 'pgboss') await client.query(`delete from ${quoted(table)}`);
      await loadTable(client, folder, table);
      onTable?.(table);
    }
    for (const key of keys)
      await client.query(`alter table ${key.table} add constraint ${pg.escapeIdentifier(key.name)} ${key.definition}`);
    for (const name of triggers) await client.query(`alter table ${name} enable trigger user`);
    for (const s of dump.sequences) {
      if (s.schema === 'pgboss' && queueLeftOut) continue;
      await client.query('select setval($1::regclass, $2::bigint)', [
        `${pg.escapeIdentifier(s.schema)}.${pg.escapeIdentifier(s.name)}`,
        s.value,
      ]);
    }
    await client.query('commit');
    await client.query('analyze');
    return { tables: tables.length, queueLeftOut };
  } finally {
    await client.end();
  }
}

async function assertEmpty(client: pg.Client): Promise<void> {
  for (const table of await listTables(client)) {
    if (table.schema !== 'public') continue;
    const found = await client.query(`select 1 from ${quoted(table)} limit 1`);
    if (found.rowCount) {
      throw new DomainError(
        'CONFLICT',
        `The database is not empty (table ${table.table} has rows): restore into a new data folder (STAGECRAFT_DATA) or an empty database (DATABASE_URL).`,
      );
    }
  }
}

async function tablesWithTriggers(client: pg.Client): Promise<string[]> {
  const found = await client.query<{ name: string }>(
    `select distinct t.tgrelid::regclass::text as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where not t.tgisinternal and c.relnamespace = 'public'::regnamespace`,
  );
  return found.rows.map((row) => row.name);
}

async function foreignKeys(client: pg.Client): Promise<{ table: string; name: string; definition: string }[]> {
  const found = await client.query<{ table: string; name: string; definition: string }>(
    `select c.conrelid::regclass::text as "table", c.conname as name, pg_get_constraintdef(c.oid) as definition
       from pg_constraint c join pg_namespace n on n.oid = c.connamespace
      where c.contype = 'f' and c.conparentid = 0 and n.nspname in ('public', 'pgboss')`,
  );
  return found.rows;
}

async function loadTable(client: pg.Client, folder: string, table: TableDump): Promise<void> {
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const source = createReadStream(join(folder, fileOf(table)));
  const rows = await copyFrom(client, `copy ${quoted(table)} (${columns}) from stdin`, source);
  if (rows !== table.rows) {
    throw new DomainError(
      'INVALID',
      `The backup is damaged: table ${table.table} should have ${table.rows} rows and has ${rows}.`,
    );
  }
}
