import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { config } from '#server/config.ts';
import { closeDatabase } from '#server/platform/db/client.ts';
import { setDatabaseUrl } from '#server/platform/db/url.ts';
import { APPLICATION_ROLE, localUrl } from '#server/platform/postgres/provision.ts';

/** Runs before each test file: a database of its own, cloned from the template, and a data folder of its own. */
const { adminUrl, port, password, template } = inject('database');
const name = `test_${randomBytes(8).toString('hex')}`;
const folder = mkdtempSync(join(tmpdir(), 'stagecraft-test-'));

config.dataDir = folder;
config.objectsDir = join(folder, 'objects');
config.spoolDir = join(folder, 'spool');
await asAdmin(`create database ${name} template ${template} owner ${APPLICATION_ROLE} strategy file_copy`);
setDatabaseUrl(localUrl({ user: APPLICATION_ROLE, password, port, database: name }));

afterAll(async () => {
  await closeDatabase();
  await asAdmin(`drop database ${name} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
