import type { DuckDBConnection } from '@duckdb/node-api';
import { withDuckdb } from '#server/platform/analytics/duckdb.ts';
import type { Column } from './columns.schema.ts';
import type { Cell, Condition, Row, Sort } from './rows.schema.ts';
import { CELL_PREVIEW } from './rows.schema.ts';
import type { Values } from './sql.repo.ts';
import { ident, isoTime, literal, selectOne, selectRows } from './sql.repo.ts';

/** A version's file with its columns; system columns may be named wherever user columns may. */
export type DataFile = { path: string; columns: readonly Column[] };

const READ = { memoryMb: 512, threads: 1 } as const;

/** Rows that fulfil all conditions, in `_row` order unless sorted; long texts cut unless `whole`. */
export async function selectPage(
  file: DataFile,
  o: {
    offset: number;
    limit: number;
    conditions: Condition[];
    split?: string | undefined;
    sort?: Sort | undefined;
    whole: boolean;
  },
): Promise<{ rows: Row[]; matching: number }> {
  const { where, values } = whereOf(file, o.conditions, o.split);
  const texts = file.columns.map((column) => column.kind !== 'number' && column.kind !== 'time');
  const cells = file.columns.map((column, index) => {
    const cell = cellOf(column);
    return `${texts[index] && !o.whole ? `left(${cell}, ${CELL_PREVIEW})` : cell} as c${index}`;
  });
  const cut = file.columns.map(
    (column, index) =>
      `${texts[index] && !o.whole ? `coalesce(length(${ident(column.name)}) > ${CELL_PREVIEW}, false)` : 'false'}`,
  );
  const order = o.sort ? `${ident(o.sort.column)} ${o.sort.descending ? 'desc' : 'asc'} nulls last, _row` : '_row';
  return withDuckdb(async (c) => {
    const { matching } = await selectOne<{ matching: number }>(
      c,
      `select count(*) as matching from ${from(file)} ${where}`,
      values,
    );
    const found = await selectRows<
      Record<string, Cell> & { _row: number; _split: string | null; _label_source: string | null; _cut: boolean[] }
    >(
      c,
      `select ${cells.join(', ')}, _row, _split, _label_source, [${cut.join(', ')}] as _cut from ${from(file)}
       where _row in (select _row from ${from(file)} ${where} order by ${order} limit ${Math.trunc(o.limit)} offset ${Math.trunc(o.offset)}) order by ${order}`,
      values,
    );
    const rows = found.map((row) => ({
      row: row._row,
      split: row._split,
      labelSource: row._label_source,
      cells: file.columns.map((_, index) => row[`c${index}`] ?? null),
      cut: row._cut.flatMap((isCut, index) => (isCut ? [index] : [])),
    }));
    return { rows, matching };
  }, READ);
}

/** Whole columns, ordered by `_row`. */
export async function selectColumns(
  file: DataFile,
  o: { columns: Column[]; conditions: Condition[]; split?: string | undefined; labelColumn: string | null },
): Promise<{ n: number; columns: Record<string, Cell[]> }> {
  const { where, values } = whereOf(file, o.conditions, o.split);
  const labeled = o.labelColumn ? `${where ? 'and' : 'where'} nullif(${ident(o.labelColumn)}, '') is not null` : '';
  return withDuckdb(async (c) => {
    const reader = await c.runAndReadAll(
      `select ${o.columns.map((column, index) => `${cellOf(column)} as c${index}`).join(', ')} from ${from(file)} ${where} ${labeled} order by _row`,
      values,
    );
    const arrays = reader.getColumnsJS();
    const columns: Record<string, Cell[]> = {};
    for (const [index, column] of o.columns.entries()) columns[column.name] = (arrays[index] ?? []).map(toCell);
    return { n: reader.currentRowCount, columns };
  }, READ);
}

/** One whole cell, or undefined when there is no such row; `max` characters of a text at most. */
export async function selectCell(
  file: DataFile,
  row: number,
  column: Column,
  max: number,
): Promise<{ value: Cell; cut: boolean } | undefined> {
  return withDuckdb(async (c) => {
    const rows = await selectRows<{ value: Cell }>(c, `select ${cellOf(column)} as value from ${from(file)} where _row = $row`, {
      row,
    });
    const first = rows[0];
    if (!first) return undefined;
    const cut = typeof first.value === 'string' && first.value.length > max;
    return { value: cut && typeof first.value === 'string' ? first.value.slice(0, max) : first.value, cut };
  }, READ);
}

/** Writes the user's columns, `_split` and `_label_source` as CSV, times in ISO 8601. */
export async function writeCsv(file: DataFile, target: string): Promise<void> {
  const cells = file.columns.map((column) => `${cellOf(column)} as ${ident(column.name)}`).join(', ');
  await withDuckdb(
    (c: DuckDBConnection) =>
      c.run(
        `copy (select ${cells}, _split, _label_source from ${from(file)} order by _row) to ${literal(target)} (format csv, header true)`,
      ),
    READ,
  );
}

function from(file: DataFile): string {
  return `read_parquet(${literal(file.path)})`;
}

function cellOf(column: Column): string {
  return column.kind === 'time' ? isoTime(ident(column.name)) : ident(column.name);
}

function toCell(value: unknown): Cell {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** Conditions as SQL over bound values; column names were checked against the version by the service. */
function whereOf(file: DataFile, conditions: Condition[], split: string | undefined): { where: string; values: Values } {
  const values: Values = {};
  const parts: string[] = [];
  const bind = (value: string | number) => {
    const name = `p${Object.keys(values).length}`;
    values[name] = value;
    return `$${name}`;
  };
  if (split !== undefined) parts.push(`_split = ${bind(split)}`);
  for (const condition of conditions) {
    const column = file.columns.find((one) => one.name === condition.column);
    const name = ident(condition.column);
    const kind = column?.kind ?? (condition.column === '_row' ? 'number' : 'category');
    if (condition.op === 'missing')
      parts.push(`(${name} is null${kind === 'number' || kind === 'time' ? '' : ` or ${name} = ''`})`);
    else if (condition.op === 'contains')
      parts.push(`contains(lower(cast(${name} as varchar)), lower(${bind(condition.value)}))`);
    else if (condition.op === 'is') parts.push(`${name} = ${typed(kind, bind(condition.value))}`);
    else {
      const subject = condition.of === 'length' ? `length(${name})` : name;
      const as = condition.of === 'length' ? 'number' : kind;
      if (condition.from !== undefined) parts.push(`${subject} >= ${typed(as, bind(condition.from))}`);
      if (condition.to !== undefined) parts.push(`${subject} ${condition.closed ? '<=' : '<'} ${typed(as, bind(condition.to))}`);
    }
  }
  return { where: parts.length > 0 ? `where ${parts.join(' and ')}` : '', values };
}

/** A value that doesn't fit the column's type is null, so that it matches nothing. */
function typed(kind: string, value: string): string {
  if (kind === 'number') return `try_cast(${value} as double)`;
  if (kind === 'time') return `(try_cast(${value} as timestamptz) at time zone 'UTC')`;
  return `cast(${value} as varchar)`;
}
