import type { DuckDBConnection } from '@duckdb/node-api';
import { partEnds } from '#server/domain/data/parts.ts';
import type { Column } from './columns.schema.ts';
import type { Split } from './recipe.schema.ts';
import { ident, literal, selectOne, selectRows } from './sql.repo.ts';
import type { SplitResult } from './versions.schema.ts';

/** Name of the Parquet file inside a build's folder. */
export const DATA_FILE = 'data.parquet';
export const QUARANTINE_FILE = 'quarantine.parquet';

/**
 * Makes `place(_n, _row, _split)` for the rows of `table(_n, …)`: `_row` by `order` (SQL), the split over rows ordered
 * by their time (rows without one first, ties by `_row`), or by a hash of seed and `_row`, which any DuckDB repeats.
 */
export async function placeRows(
  c: DuckDBConnection,
  o: { table: string; order: string; split: Split; timeCell: string | null },
): Promise<void> {
  const rank =
    o.split.kind === 'time'
      ? `row_number() over (order by _time nulls first, _row)`
      : o.split.kind === 'random'
        ? `row_number() over (order by md5('${o.split.seed}:' || _row), _row)`
        : '1';
  const time = o.split.kind === 'time' && o.timeCell ? o.timeCell : 'null';
  const { n } = await selectOne<{ n: number }>(c, `select count(*) as n from ${o.table}`);
  await c.run(
    `create or replace table place as select _n, _row, ${partOf(o.split, n)} as _split from (
       select _n, _row, ${rank} - 1 as _rank from (
         select _n, row_number() over (order by ${o.order}) - 1 as _row, ${time} as _time from ${o.table}))`,
  );
}

function partOf(split: Split, total: number): string {
  if (split.kind === 'none') return `'train'`;
  const cases = partEnds(split.parts, total).map((part) => `when _rank < ${part.end} then ${literal(part.name)}`);
  return `case ${cases.join(' ')} end`;
}

/** Writes the version's Parquet: the user's columns, then the system's, ordered by `_row`. One thread, so equal rows give equal bytes. */
export async function writeData(c: DuckDBConnection, folder: string, select: string): Promise<void> {
  await copyTo(c, `select * from (${select}) order by _row`, `${folder}/${DATA_FILE}`);
}

/** The columns of `typed` under their names. */
export function namedCells(columns: readonly Column[], from: string): string {
  return columns.map((column, index) => `${from}.c${index} as ${ident(column.name)}`).join(', ');
}

/** Writes `rejected` with an index in its order. @returns how many there are; no file for none */
export async function writeQuarantine(c: DuckDBConnection, folder: string): Promise<number> {
  const { n } = await selectOne<{ n: number }>(c, 'select count(*) as n from rejected');
  if (n > 0) {
    await copyTo(
      c,
      'select row_number() over () - 1 as "index", place, reason, detail, coalesce(octet_length(raw), 0) as bytes, raw from rejected',
      `${folder}/${QUARANTINE_FILE}`,
    );
  }
  return n;
}

async function copyTo(c: DuckDBConnection, select: string, path: string): Promise<void> {
  await c.run(`copy (${select}) to ${literal(path)} (format parquet, compression zstd, row_group_size 20480)`);
}

/** The rows of each part of a finished file, in the order of the rule, then others. */
export async function countParts(c: DuckDBConnection, path: string, rule: Split): Promise<SplitResult> {
  const parts = await selectRows<{ name: string; rows: number }>(
    c,
    'select _split as name, count(*) as rows from read_parquet($path) group by _split order by min(_row)',
    { path },
  );
  const wanted = rule.kind === 'none' ? ['train'] : rule.parts.map((part) => part.name);
  const at = (name: string) => (wanted.includes(name) ? wanted.indexOf(name) : wanted.length);
  return { rule, parts: parts.toSorted((a, b) => at(a.name) - at(b.name)) };
}
