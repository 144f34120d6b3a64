import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';

export type Values = Record<string, DuckDBValue>;

/** A name quoted for DuckDB, whatever it holds. */
export function ident(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text constant for the places where DuckDB takes no bound value. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** All rows of a query as plain objects; whole numbers of 64 bits become numbers. */
export async function selectRows<T>(c: DuckDBConnection, sql: string, values?: Values): Promise<T[]> {
  const reader = await c.runAndReadAll(sql, values);
  return reader.getRowObjectsJS().map((row) => plain(row) as T);
}

/** The one row of a query that always has one. */
export async function selectOne<T>(c: DuckDBConnection, sql: string, values?: Values): Promise<T> {
  const rows = await selectRows<T>(c, sql, values);
  const first = rows[0];
  if (!first) throw new Error('a query that always has a row had none');
  return first;
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date || value instanceof Uint8Array || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** SQL for a timestamp as ISO 8601 in UTC with milliseconds. */
export function isoTime(expression: string): string {
  return `strftime(${expression}, '%Y-%m-%dT%H:%M:%S.%gZ')`;
}
