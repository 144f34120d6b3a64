import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';

export type DuckdbOptions = {
  memoryMb?: number;
  threads?: number;
  /** Folders that SQL may read and write; given, everything else (files, network, extensions, settings) is refused. */
  allow?: string[];
};

/**
 * Gives `fn` a connection to a fresh in-memory DuckDB with its own folder for spilling: two that share one crash.
 * Everything is closed and removed afterwards.
 */
export async function withDuckdb<T>(fn: (connection: DuckDBConnection) => Promise<T>, options: DuckdbOptions = {}): Promise<T> {
  const spill = await mkdtemp(join(tmpdir(), 'stagecraft-duckdb-'));
  const instance = await DuckDBInstance.create(':memory:', {
    temp_directory: spill,
    memory_limit: `${options.memoryMb ?? 1024}MB`,
    threads: String(options.threads ?? 2),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  try {
    const connection = await instance.connect();
    try {
      await connection.run("set timezone = 'UTC'");
      if (options.allow) await confine(connection, options.allow);
      return await fn(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
    await rm(spill, { recursive: true, force: true });
  }
}

async function confine(connection: DuckDBConnection, folders: string[]): Promise<void> {
  const list = folders.map((folder) => quoteLiteral(folder.endsWith('/') ? folder : `${folder}/`)).join(', ');
  await connection.run(`set allowed_directories = [${list}]`);
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
}

/**
 * Rows of one query, as plain values: numbers for integers that fit, ISO texts for times.
 * @param params bound to `$1`, `$2` …
 */
export async function queryRows(
  sql: string,
  params: DuckDBValue[] = [],
  options: DuckdbOptions = {},
): Promise<Record<string, unknown>[]> {
  return withDuckdb((connection) => rowsOf(connection, sql, params), options);
}

/** The same on a connection that is open already. */
export async function rowsOf(
  connection: DuckDBConnection,
  sql: string,
  params: DuckDBValue[] = [],
): Promise<Record<string, unknown>[]> {
  const reader = await connection.runAndReadAll(sql, params);
  return reader
    .getRowObjectsJS()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
}

/** What JSON can carry: safe integers as numbers, larger ones and decimals as texts, times in ISO form. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint')
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
  }
  return value;
}

/** A text as an SQL literal, where DuckDB takes no bound value (settings, COPY targets). */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier: columns that people named. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
