import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnFacts } from '#server/domain/data/guess-kind.ts';
import { selectOne, selectRows } from './sql.repo.ts';
import { asNumber, asTime, hasDayFirst, isBlank } from './typed-cells.repo.ts';

/** What is counted of each column of `source`, under the given names. */
export async function columnFacts(c: DuckDBConnection, names: readonly string[]): Promise<ColumnFacts[]> {
  const facts: ColumnFacts[] = [];
  for (const [index, name] of names.entries()) {
    const cell = `c${index}`;
    const time = asTime(cell, await hasDayFirst(c, 'source', cell));
    const counted = await selectOne<Omit<ColumnFacts, 'name'>>(
      c,
      `with filled as (select ${cell}, ${asNumber(cell)} as number, ${time} as time from source where not ${isBlank(cell)})
       select count(*) as filled, count(distinct ${cell}) as "distinct", count(number) as numbers,
         count(*) filter (number = trunc(number)) as integers,
         count(*) filter (time is not null and not regexp_full_match(trim(${cell}), '[0-9]+')) as times,
         coalesce(avg(length(${cell})), 0) as averageLength, count(*) filter (contains(trim(${cell}), ' ')) as withSpaces from filled`,
    );
    facts.push({ name, ...counted });
  }
  return facts;
}

/** The first rows of `source` as text, and some different values of each column. */
export async function sampleSource(
  c: DuckDBConnection,
  width: number,
): Promise<{ looked: number; rows: (string | null)[][]; samples: string[][] }> {
  const { looked } = await selectOne<{ looked: number }>(c, 'select count(*) as looked from source');
  const cells = Array.from({ length: width }, (_, index) => `left(c${index}, 200) as c${index}`).join(', ');
  const found = await selectRows<Record<string, string | null>>(c, `select ${cells} from source order by _n limit 12`);
  const rows = found.map((row) => Array.from({ length: width }, (_, index) => row[`c${index}`] ?? null));
  const samples: string[][] = [];
  for (let index = 0; index < width; index += 1) {
    const values = await selectRows<{ value: string }>(
      c,
      `select left(c${index}, 60) as value from source where trim(coalesce(c${index}, '')) <> '' group by all order by min(_n) limit 4`,
    );
    samples.push(values.map((row) => row.value));
  }
  return { looked, rows, samples };
}

/** What couldn't be read so far. */
export async function sampleRejected(
  c: DuckDBConnection,
): Promise<{ count: number; rows: { place: string; reason: string; raw: Uint8Array }[] }> {
  const { count } = await selectOne<{ count: number }>(c, 'select count(*) as count from rejected');
  const rows = await selectRows<{ place: string; reason: string; raw: Uint8Array }>(
    c,
    'select place, reason, raw from rejected limit 5',
  );
  return { count, rows };
}
