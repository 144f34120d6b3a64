import { join } from 'node:path';
import { cleanColumnNames, looksLikeHeader, readCsvRecords, sniffDelimiter } from '#server/domain/data/csv-dialect.ts';
import { DomainError } from '#server/errors.ts';
import { MAX_COLUMNS } from './columns.schema.ts';
import type { SourceFile } from './read-source.repo.ts';
import type { FileFormat, ReadOptions } from './recipe.schema.ts';
import { readHead, sniffFormat, writeUtf8 } from './text-file.ts';

const HEAD = 256 * 1024;

export type OpenedTable = {
  file: Omit<SourceFile, 'columns'>;
  /** All columns of a CSV, under names that a version can have; null where the names are in the data. */
  names: string[] | null;
  options: ReadOptions;
  whole: boolean;
  notes: string[];
};

/**
 * Makes a file readable for DuckDB: text as UTF-8, a JSON array told from JSON lines, delimiter and header of a CSV
 * found where the options leave them open. `bytes` takes the beginning only.
 */
export async function openTable(
  path: string,
  o: { folder: string; format: FileFormat | undefined; options: ReadOptions; bytes?: number },
): Promise<OpenedTable> {
  const sniffed = sniffFormat(await readHead(path, 4096));
  const format = o.format ?? sniffed;
  if (format === 'mail' || format === 'gzip') throw new DomainError('INVALID', 'This is an archive, not a table.');
  if (format === 'parquet') return { file: { path, format }, names: null, options: {}, whole: true, notes: [] };
  if (sniffed === 'parquet' || sniffed === 'mail' || sniffed === 'gzip')
    throw new DomainError('INVALID', `This is no ${format} file.`);
  const target = join(o.folder, 'table.txt');
  const array = format === 'jsonl' && (await startsArray(path));
  const bytes = array ? undefined : o.bytes;
  const { encoding, whole } = await writeUtf8(path, target, {
    encoding: o.options.encoding,
    ...(bytes === undefined ? {} : { bytes }),
  });
  const notes = encoding === 'utf-8' ? [] : [`The file was read as ${encoding}.`];
  if (format === 'jsonl')
    return { file: { path: target, format: array ? 'json' : 'jsonl' }, names: null, options: { encoding }, whole, notes };
  const csv = await csvOptions(target, o.options);
  return {
    file: { path: target, format, delimiter: csv.delimiter, header: csv.header },
    names: csv.names,
    options: { ...csv.options, encoding },
    whole,
    notes,
  };
}

async function startsArray(path: string): Promise<boolean> {
  const head = await readHead(path, 4096);
  return head
    .toString('latin1')
    .replace(/[\0\s\u00ef\u00bb\u00bf\u00fe\u00ff]+/g, '')
    .startsWith('[');
}

async function csvOptions(path: string, options: ReadOptions) {
  const text = (await readHead(path, HEAD)).toString('utf8');
  const delimiter = options.delimiter ?? sniffDelimiter(text);
  const records = readCsvRecords(text, delimiter, 100);
  const first = records[0];
  if (!first) throw new DomainError('INVALID', 'The file holds no rows.');
  if (first.length > MAX_COLUMNS)
    throw new DomainError('TOO_LARGE', `The file has ${first.length} columns, the limit is ${MAX_COLUMNS}.`);
  const header = options.header ?? looksLikeHeader(records);
  const width = header ? first.length : Math.max(...records.map((record) => record.length));
  const names = cleanColumnNames(header ? first : Array.from({ length: width }, () => ''));
  return { delimiter, header, names, options: { delimiter, header } };
}

export type OpenedLabels = {
  file: Omit<SourceFile, 'columns'> & { key: string; label: string; source: string | null; all: string[] };
  notes: string[];
};

/**
 * A file of labels: JSON lines `{key, label, source?}`, or a CSV whose columns are called key or like the key column,
 * label or like the label column, and maybe source; a CSV of two columns is taken in that order.
 * @throws DomainError INVALID when the columns can't be told
 */
export async function openLabels(
  path: string,
  o: { folder: string; keyColumn: string; labelColumn: string | undefined },
): Promise<OpenedLabels> {
  const opened = await openTable(path, { folder: o.folder, format: undefined, options: {} });
  if (opened.file.format === 'parquet') throw new DomainError('UNSUPPORTED', 'Labels come as CSV or JSON lines, not as Parquet.');
  if (!opened.names)
    return { file: { ...opened.file, key: 'key', label: 'label', source: 'source', all: [] }, notes: opened.notes };
  const names = opened.names;
  const find = (...wanted: (string | undefined)[]) =>
    names.find((name) => wanted.some((one) => one?.toLowerCase() === name.toLowerCase()));
  const key = find('key', o.keyColumn) ?? (names.length === 2 ? names[0] : undefined);
  const label = find('label', o.labelColumn) ?? (names.length === 2 ? names[1] : undefined);
  if (!key || !label || key === label) {
    throw new DomainError(
      'INVALID',
      `The file has the columns ${names.join(', ')}. It needs one called key (or ${o.keyColumn}) and one called label.`,
    );
  }
  return { file: { ...opened.file, key, label, source: find('source') ?? null, all: names }, notes: opened.notes };
}
