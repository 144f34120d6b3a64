import { rm } from 'node:fs/promises';
import type { ProjectScope } from '#server/auth/actor.ts';
import { cleanColumnNames } from '#server/domain/data/csv-dialect.ts';
import { guessKind, settleGuesses } from '#server/domain/data/guess-kind.ts';
import { DomainError, isDomainError, messageOf, notFound } from '#server/errors.ts';
import { withDuckdb } from '#server/platform/analytics/duckdb.ts';
import { db } from '#server/platform/db/client.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import { makeBuildFolder } from './build-folder.ts';
import type { Column } from './columns.schema.ts';
import { MAIL_COLUMNS, MAX_COLUMNS } from './columns.schema.ts';
import { columnFacts, sampleRejected, sampleSource } from './inspect.repo.ts';
import { peekMails } from './mail-rows.ts';
import { jsonKeys, loadSource, parquetColumns } from './read-source.repo.ts';
import type { FileFormat, ReadOptions, Split } from './recipe.schema.ts';
import type { OpenedTable } from './table-file.ts';
import { openTable } from './table-file.ts';
import { readHead, sniffFormat } from './text-file.ts';
import type { UploadRecord } from './uploads.repo.ts';
import { findUpload } from './uploads.repo.ts';
import type { Inspection } from './uploads.schema.ts';

const HEAD_BYTES = 8 * 1024 * 1024;
const ROWS = 5000;
const MAILS = 30;

/**
 * Looks into an upload and says what it seems to hold: format, columns with a kind each and why, first rows, and what
 * couldn't be read so far. Nothing is imported.
 * @throws DomainError UNSUPPORTED for a format that can't be imported, INVALID for a broken file
 */
export async function inspectUpload(
  scope: ProjectScope,
  o: { uploadId: string; format?: FileFormat | undefined; options?: ReadOptions | undefined },
): Promise<Inspection> {
  const upload = await findUpload(db, scope, o.uploadId);
  if (!upload) throw notFound('uploaded file');
  const path = await objectPath(upload.objectKey);
  const format = o.format ?? formatOf(sniffFormat(await readHead(path, 4096)));
  if (format === 'mail') return inspectMails(upload, path);
  const folder = await makeBuildFolder('inspect');
  try {
    const opened = await openTable(path, { folder, format, options: o.options ?? {}, bytes: HEAD_BYTES });
    return await inspectTable(upload, format, opened);
  } catch (error) {
    if (isDomainError(error)) throw error;
    throw new DomainError(
      'INVALID',
      `The file can't be read as ${format}: ${messageOf(error).split('\n')[0]?.replaceAll(folder, '').replaceAll(path, '').slice(0, 300)}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function formatOf(sniffed: FileFormat | 'gzip'): FileFormat {
  return sniffed === 'gzip' ? 'mail' : sniffed;
}

async function inspectMails(upload: UploadRecord, path: string): Promise<Inspection> {
  const seen = await peekMails(path, MAILS);
  if (seen.seen === 0) throw new DomainError('INVALID', 'The archive holds no files.');
  const columns = MAIL_COLUMNS.map((column, index) => {
    const cells = seen.rows.flatMap((row) => row[index] ?? []);
    return {
      ...column,
      source: column.name,
      why: column.name === 'label' ? 'empty: labels come in by hand or as an import' : 'from the mail',
      filled: cells.length,
      distinct: new Set(cells).size,
      samples: cells.slice(0, 4).map((cell) => cell.slice(0, 60)),
    };
  });
  return {
    ...head(upload),
    format: 'mail',
    options: {},
    rowsLookedAt: seen.seen,
    wholeFile: seen.seen < MAILS,
    troubles: seen.troubles.slice(0, 5),
    troubleCount: seen.troubles.length,
    columns,
    rows: seen.rows.slice(0, 12),
    split: suggestSplit(columns),
  };
}

async function inspectTable(upload: UploadRecord, format: FileFormat, opened: OpenedTable): Promise<Inspection> {
  return withDuckdb(
    async (c) => {
      const sources = await sourceNames();
      if (sources.length === 0) throw new DomainError('INVALID', 'The file holds no columns: each line must be one JSON object.');
      if (sources.length > MAX_COLUMNS)
        throw new DomainError('TOO_LARGE', `The file has ${sources.length} columns, the limit is ${MAX_COLUMNS}.`);
      const names = opened.names ?? cleanColumnNames(sources);
      await loadSource(c, { ...opened.file, columns: sources, limit: ROWS });
      const facts = await columnFacts(c, names);
      const guesses = settleGuesses(facts.map(guessKind));
      const sample = await sampleSource(c, names.length);
      const rejected = await sampleRejected(c);
      const columns = facts.map((fact, index) => ({
        name: fact.name,
        source: sources[index] ?? fact.name,
        kind: guesses[index]?.kind ?? ('text' as const),
        why: guesses[index]?.why ?? '',
        filled: fact.filled,
        distinct: fact.distinct,
        samples: sample.samples[index] ?? [],
      }));
      return {
        ...head(upload),
        format,
        options: opened.options,
        rowsLookedAt: sample.looked,
        wholeFile: opened.whole && sample.looked < ROWS,
        troubles: rejected.rows.map((row) => ({
          ...row,
          raw: Buffer.from(row.raw ?? [])
            .toString('utf8')
            .slice(0, 300),
        })),
        troubleCount: rejected.count,
        columns,
        rows: sample.rows,
        split: suggestSplit(columns),
      };

      async function sourceNames(): Promise<string[]> {
        if (opened.names) return opened.names;
        if (opened.file.format === 'parquet') return parquetColumns(c, opened.file.path);
        return jsonKeys(c, { path: opened.file.path, format: opened.file.format === 'json' ? 'json' : 'jsonl', limit: ROWS });
      }
    },
    { memoryMb: 512, threads: 1 },
  );
}

function head(upload: UploadRecord) {
  return { filename: upload.filename, size: Number(upload.size) };
}

/** By time where there is a column of times, so that a test lies after what was trained on; else at random. */
function suggestSplit(columns: readonly Column[]): Split {
  const parts = [
    { name: 'train', share: 0.8 },
    { name: 'test', share: 0.2 },
  ];
  const time = columns.find((column) => column.kind === 'time');
  return time ? { kind: 'time', column: time.name, parts } : { kind: 'random', seed: 1, parts };
}
