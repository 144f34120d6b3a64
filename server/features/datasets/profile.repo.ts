import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from './columns.schema.ts';
import type { ColumnProfile, Histogram, Profile, Spread, Timeline } from './profile.schema.ts';
import { ident, isoTime, selectOne, selectRows } from './sql.repo.ts';

type Counted = { value: string; count: number };
const BINS = 16;
const TOP = 12;

/** What stands in each column and part of a finished version file. `seen` hears after each column. */
export async function profileVersion(
  c: DuckDBConnection,
  path: string,
  columns: readonly Column[],
  seen: (done: number) => Promise<void>,
): Promise<Omit<Profile, 'bytes' | 'made'>> {
  await c.run(`create or replace view v as select * from read_parquet('${path.replaceAll("'", "''")}')`);
  const { rows } = await selectOne<{ rows: number }>(c, 'select count(*) as rows from v');
  const profiles: ColumnProfile[] = [];
  for (const column of columns) {
    profiles.push(await profileColumn(c, column));
    await seen(profiles.length);
  }
  const labelSources = await selectRows<Counted>(
    c,
    'select _label_source as value, count(*) as count from v where _label_source is not null group by all order by count desc, value',
  );
  return { rows, columns: profiles, parts: await profileParts(c, columns), labelSources };
}

async function profileColumn(c: DuckDBConnection, column: Column): Promise<ColumnProfile> {
  const name = ident(column.name);
  const blank = column.kind === 'number' || column.kind === 'time' ? `${name} is null` : `${name} is null or ${name} = ''`;
  const { missing, different } = await selectOne<{ missing: number; different: number }>(
    c,
    `select count(*) filter (${blank}) as missing, count(distinct ${name}) filter (not (${blank})) as different from v`,
  );
  const named = column.kind === 'category' || column.kind === 'label';
  return {
    name: column.name,
    kind: column.kind,
    missing,
    distinct: different,
    numbers: column.kind === 'number' ? await spreadOf(c, name, false) : null,
    lengths: column.kind === 'text' ? await spreadOf(c, `cast(length(${name}) as double)`, true) : null,
    top: named ? await topValues(c, name) : null,
    timeline: column.kind === 'time' ? await timelineOf(c, name) : null,
  };
}

async function topValues(c: DuckDBConnection, name: string): Promise<Counted[]> {
  return selectRows<Counted>(
    c,
    `select ${name} as value, count(*) as count from v where ${name} is not null group by all order by count desc, value limit ${TOP}`,
  );
}

async function spreadOf(c: DuckDBConnection, value: string, whole: boolean): Promise<Spread | null> {
  const facts = await selectOne<{ n: number; integers: boolean } & Omit<Spread, 'histogram'> & { q: number[] }>(
    c,
    `select count(x) as n, coalesce(bool_and(x = trunc(x)), false) as integers, min(x) as min, max(x) as max, avg(x) as mean,
       case when count(x) > 1 then stddev_samp(x) end as std, quantile_cont(x, [0.05, 0.25, 0.5, 0.75, 0.95]) as q from (select ${value} as x from v)`,
  );
  if (facts.n === 0) return null;
  const [p05 = facts.min, p25 = facts.min, p50 = facts.min, p75 = facts.max, p95 = facts.max] = facts.q;
  const { min, max, mean, std } = facts;
  const histogram = await histogramOf(c, value, { min, max, p05, p95, integers: whole || facts.integers });
  return { min, max, mean, std, p05, p25, p50, p75, p95, histogram };
}

/** Equal bins between the extremes; a tail longer than three times the middle 90 % is folded into its end bin. */
async function histogramOf(
  c: DuckDBConnection,
  value: string,
  o: { min: number; max: number; p05: number; p95: number; integers: boolean },
): Promise<Histogram> {
  const middle = o.p95 - o.p05;
  const clippedHigh = middle > 0 && o.max - o.p95 > 3 * middle;
  const clippedLow = middle > 0 && o.p05 - o.min > 3 * middle;
  let low = clippedLow ? o.p05 : o.min;
  let high = clippedHigh ? o.p95 : o.max;
  let bins = BINS;
  if (o.integers) {
    low = Math.floor(low);
    const width = Math.max(1, Math.ceil((high - low + 1) / BINS));
    bins = Math.max(1, Math.ceil((high - low + 1) / width));
    high = low + bins * width;
  } else if (high === low) bins = 1;
  const width = (high - low) / bins || 1;
  const rows = await selectRows<{ bin: number; count: number }>(
    c,
    `select cast(greatest(0, least($last, floor((x - $low) / $width))) as integer) as bin, count(*) as count
     from (select ${value} as x from v) where x is not null group by all`,
    { last: bins - 1, low, width },
  );
  const counts = Array.from({ length: bins }, () => 0);
  for (const row of rows) counts[row.bin] = row.count;
  return { low, high: low + bins * width, counts, clippedLow, clippedHigh };
}

async function timelineOf(c: DuckDBConnection, name: string): Promise<Timeline | null> {
  const span = await selectOne<{ min: string | null; max: string | null; days: number | null }>(
    c,
    `select ${isoTime(`min(${name})`)} as min, ${isoTime(`max(${name})`)} as max, date_diff('hour', min(${name}), max(${name})) / 24.0 as days from v`,
  );
  if (span.min === null || span.max === null || span.days === null) return null;
  const unit = span.days > 365 * 4 ? 'year' : span.days > 60 ? 'month' : span.days > 3 ? 'day' : 'hour';
  const buckets = await selectRows<{ start: string; count: number }>(
    c,
    `select ${isoTime('b.start')} as start, coalesce(f.count, 0) as count from (
       select unnest(generate_series(date_trunc('${unit}', min(${name})), date_trunc('${unit}', max(${name})), interval 1 ${unit})) as start from v) b
     left join (select date_trunc('${unit}', ${name}) as start, count(*) as count from v where ${name} is not null group by all) f using (start)
     order by b.start`,
  );
  return { min: span.min, max: span.max, unit, buckets };
}

async function profileParts(c: DuckDBConnection, columns: readonly Column[]): Promise<Profile['parts']> {
  const label = columns.find((column) => column.kind === 'label');
  const time = columns.find((column) => column.kind === 'time');
  const span = time
    ? `${isoTime(`min(${ident(time.name)})`)} as "from", ${isoTime(`max(${ident(time.name)})`)} as "to"`
    : 'null as "from", null as "to"';
  const labeled = label ? `count(${ident(label.name)})` : '0';
  const parts = await selectRows<{ name: string; rows: number; labeled: number; from: string | null; to: string | null }>(
    c,
    `select _split as name, count(*) as rows, ${labeled} as labeled, ${span} from v group by _split order by min(_row)`,
  );
  const labels = label
    ? await selectRows<Counted & { name: string }>(
        c,
        `select _split as name, ${ident(label.name)} as value, count(*) as count from v where ${ident(label.name)} is not null group by all order by count desc, value`,
      )
    : [];
  return parts.map((part) => ({
    ...part,
    labels: labels
      .filter((one) => one.name === part.name)
      .slice(0, TOP)
      .map(({ value, count }) => ({ value, count })),
  }));
}
