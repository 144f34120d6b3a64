import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from './columns.schema.ts';
import { literal, selectOne } from './sql.repo.ts';

const NO_VALUE = `('', 'NA', 'N/A', 'NAN', 'NULL', 'NONE', '-', '?', '.')`;
const NUMBER = `'[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?'`;
const GROUPED = `'[-+]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?'`;

/** SQL: does a text cell hold nothing, for a column of numbers or times? */
export function isBlank(cell: string): string {
  return `(${cell} is null or upper(trim(${cell})) in ${NO_VALUE})`;
}

/** SQL for the number in a text cell, or null: plain, with exponent, or with commas between thousands. Never NaN or infinite. */
export function asNumber(cell: string): string {
  const bare = `trim(${cell})`;
  return `case when regexp_full_match(${bare}, ${NUMBER}) and not isinf(try_cast(${bare} as double)) then try_cast(${bare} as double)
    when regexp_full_match(${bare}, ${GROUPED}) then try_cast(replace(${bare}, ',', '') as double) end`;
}

/**
 * SQL for the time in a text cell as a UTC timestamp, or null: ISO 8601 (with a zone or in UTC), dates with slashes or
 * dots, RFC 5322, and seconds or milliseconds since 1970.
 */
export function asTime(cell: string, dayFirst: boolean): string {
  const bare = `trim(${cell})`;
  const slashes = dayFirst
    ? ['%d/%m/%Y', '%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S']
    : ['%m/%d/%Y', '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S'];
  const formats = [...slashes, '%d.%m.%Y', '%d.%m.%Y %H:%M', '%d.%m.%Y %H:%M:%S'].map(literal).join(', ');
  return `case when regexp_matches(${bare}, '^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}') then try_cast(${bare} as timestamptz) at time zone 'UTC'
    when regexp_full_match(${bare}, '[0-9]{9,10}') then make_timestamp(cast(${bare} as bigint) * 1000000)
    when regexp_full_match(${bare}, '[0-9]{12,13}') then make_timestamp(cast(${bare} as bigint) * 1000)
    when regexp_matches(${bare}, '^[A-Za-z]') then try_strptime(${bare}, '%a, %d %b %Y %H:%M:%S %z') at time zone 'UTC'
    else try_strptime(${bare}, [${formats}]) end`;
}

/** True when a column's dates can only be read with the day before the month. */
export async function hasDayFirst(c: DuckDBConnection, table: string, cell: string): Promise<boolean> {
  const { found } = await selectOne<{ found: boolean }>(
    c,
    `select coalesce(bool_or(try_cast(regexp_extract(trim(${cell}), '^([0-9]{1,2})/[0-9]{1,2}/[0-9]{4}', 1) as integer) > 12), false) as found from ${table}`,
  );
  return found;
}

/**
 * Makes `typed(_n, c0 …, _reason, _detail)` from the text cells of `source`: numbers DOUBLE, times TIMESTAMP in UTC,
 * the rest VARCHAR with empty as null (texts keep it). A cell that doesn't fit its kind gives its row a reason.
 */
export async function typeCells(
  c: DuckDBConnection,
  columns: readonly Column[],
  options: { keyMayBeMissing: boolean },
): Promise<void> {
  const cells: string[] = [];
  const reasons: string[] = [];
  const details: string[] = [];
  for (const [index, column] of columns.entries()) {
    const cell = `c${index}`;
    const say = (reason: string, when: string) => {
      reasons.push(`when ${when} then ${literal(`${column.name}: ${reason}`)}`);
      details.push(`when ${when} then ${literal(`${column.name} is `)} || coalesce('"' || left(${cell}, 200) || '"', 'empty')`);
    };
    if (column.kind === 'number') {
      cells.push(`case when not ${isBlank(cell)} then ${asNumber(cell)} end as ${cell}`);
      say('not a number', `not ${isBlank(cell)} and (${asNumber(cell)}) is null`);
    } else if (column.kind === 'time') {
      const time = asTime(cell, await hasDayFirst(c, 'source', cell));
      cells.push(`case when not ${isBlank(cell)} then ${time} end as ${cell}`);
      say('not a time', `not ${isBlank(cell)} and (${time}) is null`);
    } else if (column.kind === 'text') cells.push(`replace(${cell}, chr(0), '') as ${cell}`);
    else {
      cells.push(`nullif(trim(replace(${cell}, chr(0), '')), '') as ${cell}`);
      if (column.kind === 'key' && !options.keyMayBeMissing) say('no key', `nullif(trim(${cell}), '') is null`);
    }
  }
  const which = (cases: string[]) => (cases.length > 0 ? `case ${cases.join(' ')} end` : 'cast(null as varchar)');
  await c.run(
    `create or replace table typed as select _n, ${cells.join(', ')}, ${which(reasons)} as _reason, ${which(details)} as _detail from source`,
  );
  const key = columns.findIndex((column) => column.kind === 'key');
  if (key >= 0) await rejectRepeatedKeys(c, `c${key}`, columns[key]?.name ?? 'key');
}

async function rejectRepeatedKeys(c: DuckDBConnection, cell: string, name: string): Promise<void> {
  await c.run(
    `create or replace table repeated as select _n from (
       select _n, row_number() over (partition by ${cell} order by _n) as nth from typed where _reason is null and ${cell} is not null)
     where nth > 1`,
  );
  await c.run(
    `update typed set _reason = ${literal(`${name}: a key that came before`)}, _detail = ${literal(`${name} is `)} || '"' || left(${cell}, 200) || '"'
     where _n in (select _n from repeated)`,
  );
}

/** Moves the rows with a reason into `rejected`, their cells as one JSON object; `place` is SQL over `source`. */
export async function rejectUntyped(c: DuckDBConnection, columns: readonly Column[], place: string): Promise<void> {
  const fields = columns.map((column, index) => `${literal(column.name)}, s.c${index}`).join(', ');
  await c.run(
    `insert into rejected select ${place.replaceAll('_n', 's._n').replaceAll('_line', 's._line')}, t._reason, t._detail,
       encode(cast(json_object(${fields}) as varchar))
     from typed t join source s using (_n) where t._reason is not null order by t._n`,
  );
  await c.run('delete from typed where _reason is not null');
}
