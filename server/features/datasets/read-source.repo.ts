import type { DuckDBConnection } from '@duckdb/node-api';
import { ident, literal, selectRows } from './sql.repo.ts';

/** A file in a form that DuckDB reads, with the columns that are wanted by their names in it. */
export type SourceFile = {
  path: string;
  format: 'csv' | 'jsonl' | 'json' | 'parquet';
  columns: string[];
  delimiter?: string;
  header?: boolean;
  limit?: number;
};

// CASE, because AND may look at the type of what isn't valid.
const isObject = `case when json_valid(line) then json_type(line) = 'OBJECT' end`;
const LONGEST_LINE = 16 * 1024 * 1024;
const LINES = `max_line_size = ${LONGEST_LINE}, buffer_size = ${2 * LONGEST_LINE}`;

/**
 * Reads a file as text cells into the table `source(_n, c0, c1, …)`, `_n` being the position among the rows that
 * could be read, and what couldn't be read into `rejected(place, reason, detail, raw)`. Columns are named by position,
 * so that no name in a file can disturb a query.
 */
export async function loadSource(c: DuckDBConnection, file: SourceFile): Promise<void> {
  await createRejected(c);
  if (file.format === 'csv') await loadCsv(c, file);
  else if (file.format === 'parquet') await loadParquet(c, file);
  else await loadJson(c, file);
}

/** The table of what a build couldn't take. */
export async function createRejected(c: DuckDBConnection): Promise<void> {
  await c.run('create or replace table rejected(place varchar, reason varchar, detail varchar, raw blob)');
}

/** The names in a Parquet file. */
export async function parquetColumns(c: DuckDBConnection, path: string): Promise<string[]> {
  const rows = await selectRows<{ name: string }>(
    c,
    'select column_name as name from (describe select * from read_parquet($path))',
    { path },
  );
  return rows.map((row) => row.name);
}

/** The names in the first objects of a JSON file, in order of first sight. */
export async function jsonKeys(
  c: DuckDBConnection,
  file: { path: string; format: 'jsonl' | 'json'; limit: number },
): Promise<string[]> {
  const rows = await selectRows<{ name: string }>(
    c,
    `with objects as (select row_number() over () as n, line from ${jsonLines(file.path, file.format)} limit ${Math.trunc(file.limit)}),
     keys as (select n, unnest(json_keys(line)) as name, generate_subscripts(json_keys(line), 1) as nth
              from objects where ${isObject})
     select name from keys group by name order by min(n * 10000 + nth)`,
  );
  return rows.map((row) => row.name);
}

async function loadCsv(c: DuckDBConnection, file: SourceFile): Promise<void> {
  const columns = file.columns.map((_, index) => `'c${index}': 'VARCHAR'`).join(', ');
  const header = file.header ?? true;
  await c.run(
    `create or replace table source as select row_number() over () - 1 as _n, * from read_csv(${literal(file.path)}, auto_detect = false,
       header = ${header}, delim = ${literal(file.delimiter ?? ',')}, quote = '"', escape = '"', columns = {${columns}}, strict_mode = true,
       store_rejects = true, rejects_limit = 0, ${LINES})${limitOf(file)}`,
  );
  const first = header ? 1 : 0;
  await c.run(
    `create or replace table reject_at as select line, line - row_number() over (order by line) as before
     from (select distinct line from reject_errors)`,
  );
  await c.run(
    `insert into rejected select 'row ' || (line - ${first}), arg_min(reason, nth), arg_min(detail, nth), encode(any_value(raw)) from (
       select line, coalesce(byte_position, 0) as nth, case error_type
         when 'MISSING COLUMNS' then 'too few cells' when 'TOO MANY COLUMNS' then 'too many cells'
         when 'UNQUOTED VALUE' then 'a quote that doesn''t close' when 'INVALID ENCODING' then 'text that can''t be decoded'
         when 'LINE SIZE OVER MAXIMUM' then 'a line that is too long' else 'a row that can''t be read' end as reason,
         ${inWords('error_message')} as detail, regexp_replace(coalesce(csv_line, ''), '^[\\r\\n]+', '') as raw from reject_errors)
     group by line order by line`,
  );
}

/** SQL for what DuckDB says about a row, as a person says it. */
function inWords(message: string): string {
  return `regexp_replace(${message}, '^Expected Number of Columns: ([0-9]+) Found: ([0-9]+)$', 'the row has \\2 cells, the first line has \\1')`;
}

/** SQL for the number of a row in the file, rejected ones counted, from its `_n`. */
export function rowInFile(format: SourceFile['format'], header: boolean): string {
  if (format === 'csv') {
    const first = header ? 1 : 0;
    return `'row ' || (_n + 1 + (select count(*) from reject_at where before < _n + ${1 + first}))`;
  }
  return format === 'parquet' ? `'row ' || (_n + 1)` : `'line ' || _line`;
}

function jsonLines(path: string, format: 'jsonl' | 'json'): string {
  if (format === 'json') {
    return `(select json as line from read_json_objects(${literal(path)}, format = 'array', maximum_object_size = ${LONGEST_LINE}))`;
  }
  return `read_csv(${literal(path)}, auto_detect = false, header = false, delim = '\x1f', quote = '', escape = '',
    columns = {'line': 'VARCHAR'}, ${LINES})`;
}

async function loadJson(c: DuckDBConnection, file: SourceFile): Promise<void> {
  const format = file.format === 'json' ? 'json' : 'jsonl';
  await c.run(
    `create or replace table json_lines as select row_number() over () as _line, line,
       coalesce(${isObject}, false) as ok from ${jsonLines(file.path, format)}${limitOf(file)}`,
  );
  const cells = file.columns.map((name, index) => `json_extract_string(line, ${literal(pointer(name))}) as c${index}`);
  await c.run(
    `create or replace table source as select row_number() over (order by _line) - 1 as _n, _line${cells.map((cell) => `, ${cell}`).join('')}
     from json_lines where ok order by _line`,
  );
  await c.run(
    `insert into rejected select 'line ' || _line, case when json_valid(line) then 'not an object' else 'not JSON' end,
       case when json_valid(line) then 'the line holds ' || lower(json_type(line)) || ', not an object' else 'the line isn''t valid JSON' end,
       encode(line) from json_lines where not ok and trim(coalesce(line, '')) <> '' order by _line`,
  );
  await c.run('drop table json_lines');
}

async function loadParquet(c: DuckDBConnection, file: SourceFile): Promise<void> {
  const cells = file.columns.map((name, index) => `, cast(${ident(name)} as varchar) as c${index}`).join('');
  await c.run(
    `create or replace table source as select row_number() over () - 1 as _n${cells} from read_parquet(${literal(file.path)})${limitOf(file)}`,
  );
}

/** RFC 6901: how a name is written as a JSON pointer. */
function pointer(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function limitOf(file: { limit?: number }): string {
  return file.limit === undefined ? '' : ` limit ${Math.trunc(file.limit)}`;
}
