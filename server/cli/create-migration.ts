import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '#server/errors.ts';
import { MIGRATIONS, migrationNames } from '#server/platform/db/migrations.ts';
import { NO_FILTER, schemaFiles, withSchemaEngine } from '#server/platform/db/schema-engine.ts';
import { startThrowaway } from '#server/platform/postgres/throwaway.ts';

/** The schema to which the migrations lead. The engine can't read it back from PostgreSQL 18 through the driver adapter. */
const SNAPSHOT = join(MIGRATIONS, 'snapshot.prisma');

/**
 * Writes `prisma/migrations/<time>_<name>/migration.sql` from the difference between the last migration's schema and
 * the present one.
 * @param replace removes all earlier migrations first: one fresh migration from nothing
 * @returns the file, or undefined when there is nothing to change
 */
export async function createMigration(name: string, now: Date, replace = false): Promise<string | undefined> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new DomainError('INVALID', `"${name}" can't name a migration: use a-z, 0-9 and _.`);
  mkdirSync(MIGRATIONS, { recursive: true });
  if (replace) rmSync(SNAPSHOT, { force: true });
  const sql = await pendingSql();
  if (!sql) return undefined;
  if (replace) for (const old of migrationNames()) rmSync(join(MIGRATIONS, old), { recursive: true });
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(MIGRATIONS, `${stamp}_${name}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'migration.sql'), sql);
  writeFileSync(join(MIGRATIONS, 'migration_lock.toml'), 'provider = "postgresql"\n');
  writeFileSync(SNAPSHOT, joined());
  return join(folder, 'migration.sql');
}

/** SQL that the schema needs and no migration has; '' when they agree. */
export async function pendingSql(): Promise<string> {
  const known = existsSync(SNAPSHOT) ? readFileSync(SNAPSHOT, 'utf8') : undefined;
  if (known === joined()) return '';
  // The engine wants a database to connect to, although it compares two texts.
  const server = await startThrowaway();
  const sql = await withSchemaEngine(server.adminUrl(), async (engine) => {
    const result = await engine.diff({
      from: known ? { tag: 'schemaDatamodel', files: [{ path: SNAPSHOT, content: known }] } : { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: schemaFiles() },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    });
    return result.stdout ?? '';
  }).finally(() => server.stop());
  return /^\s*(-- This is an empty migration\.)?\s*$/.test(sql) ? '' : sql;
}

function joined(): string {
  return schemaFiles()
    .map((file) => file.content)
    .join('\n');
}
