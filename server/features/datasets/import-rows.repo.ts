import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column, ImportColumn } from './columns.schema.ts';
import { MAIL_COLUMNS } from './columns.schema.ts';
import type { SourceFile } from './read-source.repo.ts';
import { createRejected, loadSource, rowInFile } from './read-source.repo.ts';
import type { Split } from './recipe.schema.ts';
import { literal } from './sql.repo.ts';
import { rejectUntyped, typeCells } from './typed-cells.repo.ts';
import { namedCells, placeRows, writeData } from './write-version.repo.ts';

/** Builds a table of text cells into a version file; `names` are all columns of the file in their order. */
export async function importTable(
  c: DuckDBConnection,
  o: { file: Omit<SourceFile, 'columns'>; names: string[]; columns: ImportColumn[]; split: Split; folder: string },
): Promise<Column[]> {
  const kept = o.columns.filter((column) => column.kind !== 'ignore');
  const byPosition = o.file.format === 'csv';
  await loadSource(c, { ...o.file, columns: byPosition ? o.names : kept.map(sourceName) });
  if (byPosition) await pickColumns(c, kept, o.names);
  await typeCells(c, kept, { keyMayBeMissing: false });
  await rejectUntyped(c, kept, rowInFile(o.file.format, o.file.header ?? true));
  await finish(c, { columns: kept, split: o.split, folder: o.folder, order: '_n' });
  return kept.map(({ name, kind }) => ({ name, kind }));
}

/**
 * Builds a version file from parsed mails: JSON lines `{n, id, received_at, from_domain, subject, body}` and
 * `{place, reason, detail, raw}` (base64). Rows stand in the order of delivery.
 */
export async function importMails(
  c: DuckDBConnection,
  o: { mails: string; rejects: string; split: Split; folder: string },
): Promise<Column[]> {
  await createRejected(c);
  await c.run(
    `insert into rejected select place, reason, detail, from_base64(raw) from read_json(${literal(o.rejects)}, format = 'newline_delimited',
       columns = {place: 'VARCHAR', reason: 'VARCHAR', detail: 'VARCHAR', raw: 'VARCHAR'}, maximum_object_size = 134217728)`,
  );
  await c.run(
    `create or replace table typed as select n as _n, id as c0, received_at as c1, from_domain as c2, subject as c3, body as c4,
       cast(null as varchar) as c5 from read_json(${literal(o.mails)}, format = 'newline_delimited', maximum_object_size = 134217728,
       columns = {n: 'BIGINT', id: 'VARCHAR', received_at: 'TIMESTAMP', from_domain: 'VARCHAR', subject: 'VARCHAR', body: 'VARCHAR'})`,
  );
  const columns = [...MAIL_COLUMNS];
  await finish(c, { columns, split: o.split, folder: o.folder, order: 'c1, _n' });
  return columns;
}

function sourceName(column: ImportColumn): string {
  return column.source ?? column.name;
}

/** Leaves in `source` the wanted cells as c0, c1 …, in the order of `kept`. */
async function pickColumns(c: DuckDBConnection, kept: ImportColumn[], names: string[]): Promise<void> {
  const cells = kept.map((column, index) => `c${names.indexOf(sourceName(column))} as c${index}`).join(', ');
  await c.run(`create or replace table source as select _n, ${cells} from source`);
}

async function finish(c: DuckDBConnection, o: { columns: Column[]; split: Split; folder: string; order: string }): Promise<void> {
  const split = o.split;
  const time = split.kind === 'time' ? o.columns.findIndex((column) => column.name === split.column) : -1;
  await placeRows(c, { table: 'typed', order: o.order, split, timeCell: time >= 0 ? `c${time}` : null });
  const label = o.columns.findIndex((column) => column.kind === 'label');
  const source = label >= 0 ? `case when t.c${label} is not null then 'import' end` : 'cast(null as varchar)';
  await writeData(
    c,
    o.folder,
    `select ${namedCells(o.columns, 't')}, p._row, p._split, ${source} as _label_source from typed t join place p using (_n)`,
  );
}
