import { queryRows, quoteName } from '#server/platform/analytics/duckdb.ts';

export type RowsOf = { path: string; split: string };

/**
 * How many rows of `asked` are also rows of `learned`, matched on `columns` (texts, so that kinds can't differ).
 * Rows whose columns are all missing match nothing.
 */
export async function countSharedRows(o: { asked: RowsOf; learned: RowsOf; columns: string[] }): Promise<number> {
  const key = `struct_pack(${o.columns.map((name, index) => `k${index} := cast(${quoteName(name)} as varchar)`).join(', ')})`;
  const present = o.columns.map((name) => `${quoteName(name)} is not null`).join(' or ');
  const sql = `
    with learned as (select distinct ${key} as key from read_parquet($1) where _split = $2 and (${present}))
    select count(*) as shared from read_parquet($3)
    where _split = $4 and (${present}) and ${key} in (select key from learned)`;
  const rows = await queryRows(sql, [o.learned.path, o.learned.split, o.asked.path, o.asked.split]);
  return Number(rows[0]?.shared ?? 0);
}

/** First and last moment of a time column in one part, and how many rows it has. */
export async function spanOfRows(o: {
  rows: RowsOf;
  timeColumn: string | null;
}): Promise<{ rows: number; from: string | null; to: string | null }> {
  const time = o.timeColumn ? quoteName(o.timeColumn) : 'null';
  const [found] = await queryRows(
    `select count(*) as n, cast(min(${time}) as varchar) as first, cast(max(${time}) as varchar) as last from read_parquet($1) where _split = $2`,
    [o.rows.path, o.rows.split],
  );
  return {
    rows: Number(found?.n ?? 0),
    from: typeof found?.first === 'string' ? found.first : null,
    to: typeof found?.last === 'string' ? found.last : null,
  };
}
