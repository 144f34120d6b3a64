import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteLiteral, quoteName, rowsOf, withDuckdb } from '#server/platform/analytics/duckdb.ts';
import type { FoundRow, ListRowsInput, RowCounts, RowsFilter, RowsShown } from './rows.schema.ts';

/** Where the rows of an evaluation lie: each version's answers (lines of JSON) and the dataset version (Parquet). */
export type RowFiles = {
  candidate: string;
  incumbent: string | null;
  data: string;
  /** Columns of the data by kind; all are texts in SQL unless figures or times. */
  columns: readonly { name: string; kind: string }[];
};

const LIMITS = { memoryMb: 512, threads: 2 } as const;
const CUT = 200;

const RIGHT = '_label = _truth';
const CHANGED = '_before is not null and _before <> _label';
const SHOWN: Record<RowsShown, string> = {
  all: 'true',
  changed: `(${CHANGED})`,
  better: `(${CHANGED} and ${RIGHT})`,
  worse: `(${CHANGED} and _before = _truth)`,
  wrong: '(_label <> _truth or (_before is not null and _before <> _truth))',
  candidate_wrong: '(_label <> _truth)',
  incumbent_wrong: '(_before is not null and _before <> _truth)',
};
const ORDER: Record<ListRowsInput['sort'], string> = {
  row: '_r',
  confidence: '_confidence desc nulls last, _r',
  change:
    'abs(coalesce(_confidence, 0) - case when _before = _label then coalesce(_before_confidence, 0) else 1 - coalesce(_before_confidence, 0) end) desc, _r',
};

/** One page of rows, how many match, and how many there are of each kind within the filter. */
export function selectRowsPage(
  files: RowFiles,
  o: { filter: RowsFilter; tagged: number[] | null; sort: ListRowsInput['sort']; offset: number; limit: number; shown: string[] },
): Promise<{ rows: FoundRow[]; counts: RowCounts }> {
  return withDuckdb(async (c) => {
    const { where, values } = whereOf(files, o.filter, o.tagged);
    const sums = Object.entries(SHOWN).map(([name, condition]) => `count(*) filter (where ${condition}) as ${name}`);
    const [counts] = await rowsOf(c, `${joined(files)} select ${sums.join(', ')} from j ${where}`, values);
    const cells = o.shown.map((name, index) => `left(cast(${quoteName(name)} as varchar), ${CUT}) as c${index}`);
    const found = await rowsOf(
      c,
      `${joined(files)} select _r, _truth, _label, _confidence, _before, _before_confidence${cells.map((cell) => `, ${cell}`).join('')}
       from j ${where} ${and(where)} ${SHOWN[o.filter.show]} order by ${ORDER[o.sort]} limit ${Math.trunc(o.limit)} offset ${Math.trunc(o.offset)}`,
      values,
    );
    return { counts: counts as RowCounts, rows: found.map((row) => toFound(row, o.shown.length)) };
  }, LIMITS);
}

/** Numbers of the rows that match, in their order. */
export function selectRowNumbers(
  files: RowFiles,
  o: { filter: RowsFilter; tagged: number[] | null; limit: number },
): Promise<number[]> {
  return withDuckdb(async (c) => {
    const { where, values } = whereOf(files, o.filter, o.tagged);
    const rows = await rowsOf(
      c,
      `${joined(files)} select _r from j ${where} ${and(where)} ${SHOWN[o.filter.show]} order by _r limit ${Math.trunc(o.limit)}`,
      values,
    );
    return rows.map((row) => Number(row._r));
  }, LIMITS);
}

export type FacetRows = {
  cells: { truth: string; said: string; rows: number }[];
  values: { column: string; value: string; rows: number; wrong: number }[];
};

/** Cells of the candidate's confusion, and the commonest values of category columns with how many of their rows it gets wrong. */
export function selectFacets(files: RowFiles, o: { columns: string[]; most: number }): Promise<FacetRows> {
  return withDuckdb(async (c) => {
    const cells = await rowsOf(c, `${joined(files)} select _truth, _label, count(*) as rows from j group by all`);
    const values: FacetRows['values'] = [];
    for (const column of o.columns) values.push(...(await valuesOf(c, files, column, o.most)));
    return {
      cells: cells.map((row) => ({ truth: String(row._truth), said: String(row._label), rows: Number(row.rows) })),
      values,
    };
  }, LIMITS);
}

async function valuesOf(c: DuckDBConnection, files: RowFiles, column: string, most: number): Promise<FacetRows['values']> {
  const rows = await rowsOf(
    c,
    `${joined(files)} select cast(${quoteName(column)} as varchar) as value, count(*) as rows, count(*) filter (where ${SHOWN.candidate_wrong}) as wrong
     from j where ${quoteName(column)} is not null group by all order by rows desc, value limit ${Math.trunc(most)}`,
  );
  return rows.map((row) => ({ column, value: String(row.value), rows: Number(row.rows), wrong: Number(row.wrong) }));
}

/** Cells of one column in some rows, as texts: keys to name them by. */
export function selectKeys(data: string, o: { column: string; rows: number[] }): Promise<string[]> {
  return withDuckdb(async (c) => {
    const found = await rowsOf(
      c,
      `select cast(${quoteName(o.column)} as varchar) as key from read_parquet(${quoteLiteral(data)})
       where _row in (select unnest(cast($1 as bigint[]))) and ${quoteName(o.column)} is not null order by _row`,
      [JSON.stringify(o.rows)],
    );
    return found.map((row) => String(row.key));
  }, LIMITS);
}

const ANSWER =
  "columns = {row: 'BIGINT', truth: 'VARCHAR', label: 'VARCHAR', confidence: 'DOUBLE'}, format = 'newline_delimited'";

/** `j`: one row for each answer of the candidate, with the incumbent's beside it and the columns of the data. */
function joined(files: RowFiles): string {
  const before = files.incumbent
    ? `select row, label, confidence from read_json(${quoteLiteral(files.incumbent)}, ${ANSWER})`
    : 'select null::bigint as row, null::varchar as label, null::double as confidence where false';

  return `with c as (select * from read_json(${quoteLiteral(files.candidate)}, ${ANSWER})), i as (${before}),
    j as (select c.row as _r, c.truth as _truth, c.label as _label, c.confidence as _confidence,
      i.label as _before, i.confidence as _before_confidence, d.*
      from c left join i on i.row = c.row join read_parquet(${quoteLiteral(files.data)}) d on d._row = c.row)`;
}

function whereOf(files: RowFiles, filter: RowsFilter, tagged: number[] | null): { where: string; values: (string | number)[] } {
  const values: (string | number)[] = [];
  const bind = (value: string | number) => `$${values.push(value)}`;
  const parts: string[] = [];
  if (filter.column !== undefined && filter.value !== undefined) {
    parts.push(`cast(${quoteName(filter.column)} as varchar) = ${bind(filter.value)}`);
  }
  if (filter.truth !== undefined) parts.push(`_truth = ${bind(filter.truth)}`);
  if (filter.said !== undefined) parts.push(`_label = ${bind(filter.said)}`);
  if (filter.from !== undefined) parts.push(`_confidence >= ${bind(filter.from)}`);
  if (filter.to !== undefined) parts.push(`_confidence <= ${bind(filter.to)}`);
  if (filter.text) {
    const needle = bind(filter.text.toLowerCase());
    const texts = files.columns.filter(({ kind }) => kind === 'text' || kind === 'category' || kind === 'key');
    const any = texts.map(({ name }) => `contains(lower(cast(${quoteName(name)} as varchar)), ${needle})`);
    parts.push(any.length > 0 ? `(${any.join(' or ')})` : `length(${needle}) < 0`);
  }
  if (tagged) parts.push(`_r in (select unnest(cast(${bind(JSON.stringify(tagged))} as bigint[])))`);
  return { where: parts.length > 0 ? `where ${parts.join(' and ')}` : '', values };
}

function and(where: string): string {
  return where === '' ? 'where' : 'and';
}

function toFound(row: Record<string, unknown>, cells: number): FoundRow {
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  const figure = (value: unknown) => (typeof value === 'number' ? value : null);
  return {
    row: Number(row._r),
    truth: String(row._truth),
    label: String(row._label),
    confidence: figure(row._confidence),
    before: text(row._before),
    beforeConfidence: figure(row._before_confidence),
    cells: Array.from({ length: cells }, (_, index) => text(row[`c${index}`])),
  };
}
