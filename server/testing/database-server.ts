import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { pendingSql } from '#server/cli/create-migration.ts';
import { closeDatabase } from '#server/platform/db/client.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { setDatabaseUrl } from '#server/platform/db/url.ts';
import { protectRecord } from '#server/platform/postgres/protect.ts';
import { APPLICATION_ROLE, localUrl } from '#server/platform/postgres/provision.ts';
import { startThrowaway } from '#server/platform/postgres/throwaway.ts';
import { installQueue } from '#server/platform/queue/boss.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** How a test file reaches the server: as superuser to clone, and as the application's role to work. */
    database: { adminUrl: string; port: number; password: string; template: string };
  }
}

const TEMPLATE = 'stagecraft_template';

/** Starts one PostgreSQL for all test files and migrates the template that each clones. Ends with the test run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startThrowaway();
  const password = randomBytes(12).toString('hex');
  await admin(server.adminUrl(), [
    `create role ${APPLICATION_ROLE} with login nosuperuser password '${password}'`,
    `create database ${TEMPLATE} owner ${APPLICATION_ROLE}`,
  ]);
  const url = localUrl({ user: APPLICATION_ROLE, password, port: server.port, database: TEMPLATE });
  await migrate(url);
  const missing = await pendingSql();
  if (missing) {
    process.stderr.write('prisma/schema has changes that no migration has: npm run migrate -- --create NAME. Tests go on.\n');
    await admin(url, [missing]);
  }
  setDatabaseUrl(url);
  await installQueue();
  await closeDatabase();
  await protectRecord(server.adminUrl(TEMPLATE));
  project.provide('database', { adminUrl: server.adminUrl(), port: server.port, password, template: TEMPLATE });
  return () => server.stop();
}

async function admin(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
