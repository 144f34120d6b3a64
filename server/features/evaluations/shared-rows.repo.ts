import { queryRows, quoteName } from '#server/platform/analytics/duckdb.ts';

export type RowsOf = { path: string; split: string | null };

/** SHA-256 of the given columns of a row as text, missing ones apart from empty ones. */
function rowHash(columns: readonly string[]): string {
  const cells = columns.map((name, i) => `k${i} := cast(${quoteName(name)} as varchar)`).join(', ');
  return `sha256(cast(to_json(struct_pack(${cells})) as varchar))`;
}

/**
 * Rows of `asked` whose hash over `columns` is that of a row of `learned`: how many, and the numbers of the first of them.
 * Rows whose columns are all missing match nothing.
 */
export async function findSharedRows(o: {
  asked: RowsOf;
  learned: RowsOf;
  columns: string[];
  limit: number;
}): Promise<{ shared: number; rows: number[] }> {
  const present = o.columns.map((name) => `${quoteName(name)} is not null`).join(' or ');
  const part = (place: string) => `(${place} is null or _split = ${place})`;
  const hash = rowHash(o.columns);
  const sql = `
    with learned as (select distinct ${hash} as key from read_parquet($1) where ${part('$2::varchar')} and (${present})),
    found as (select _row from read_parquet($3) where ${part('$4::varchar')} and (${present}) and ${hash} in (select key from learned))
    select count(*) as shared, (select string_agg(_row, ',') from (select _row from found order by _row limit ${Math.trunc(o.limit)})) as first
    from found`;
  const [found] = await queryRows(sql, [o.learned.path, o.learned.split, o.asked.path, o.asked.split]);
  const first = typeof found?.first === 'string' && found.first !== '' ? found.first.split(',').map(Number) : [];
  return { shared: Number(found?.shared ?? 0), rows: first };
}
