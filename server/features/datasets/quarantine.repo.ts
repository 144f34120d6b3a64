import { withDuckdb } from '#server/platform/analytics/duckdb.ts';
import { literal, selectOne, selectRows } from './sql.repo.ts';

export type QuarantineRow = { index: number; place: string; reason: string; detail: string; bytes: number; raw: Uint8Array };

const READ = { memoryMb: 512, threads: 1 } as const;

/** Reasons with their counts, and one page of rows with the first `preview` bytes of each. */
export async function selectQuarantine(
  path: string,
  o: { reason: string | null; offset: number; limit: number; preview: number },
): Promise<{ reasons: { reason: string; count: number }[]; rows: QuarantineRow[]; total: number }> {
  return withDuckdb(async (c) => {
    const file = `read_parquet(${literal(path)})`;
    const where = o.reason === null ? '' : 'where reason = $reason';
    const values = o.reason === null ? undefined : { reason: o.reason };
    const reasons = await selectRows<{ reason: string; count: number }>(
      c,
      `select reason, count(*) as count from ${file} group by all order by count desc, reason`,
    );
    const { total } = await selectOne<{ total: number }>(c, `select count(*) as total from ${file} ${where}`, values);
    const rows = await selectRows<QuarantineRow>(
      c,
      `select "index", place, reason, detail, bytes, raw from ${file} ${where} order by "index" limit ${Math.trunc(o.limit)} offset ${Math.trunc(o.offset)}`,
      values,
    );
    return { reasons, total, rows: rows.map((row) => ({ ...row, raw: (row.raw ?? new Uint8Array()).subarray(0, o.preview) })) };
  }, READ);
}

/** One row with all its bytes. */
export async function selectQuarantined(path: string, index: number): Promise<QuarantineRow | undefined> {
  return withDuckdb(async (c) => {
    const rows = await selectRows<QuarantineRow>(
      c,
      `select "index", place, reason, detail, bytes, raw from read_parquet(${literal(path)}) where "index" = $index`,
      { index },
    );
    const first = rows[0];
    return first && { ...first, raw: first.raw ?? new Uint8Array() };
  }, READ);
}
