import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordRead } from '#server/features/audit/reads.service.ts';
import { objectPath, openObject } from '#server/platform/storage/objects.ts';
import { makeBuildFolder } from './build-folder.ts';
import { columnOf } from './datasets.policy.ts';
import type { DataFile } from './rows.repo.ts';
import { selectCell, selectColumns, selectPage, writeCsv } from './rows.repo.ts';
import type { Cell, Condition, RowPage, Sort } from './rows.schema.ts';
import type { VersionDetail } from './versions.schema.ts';
import { getReadyVersion } from './versions.service.ts';

const LARGEST_CELL = 2_000_000;

/**
 * Whole columns of a version in `_row` order, as training and evaluation take them; system columns (`_row`, `_split`,
 * `_label_source`) may be named too. Times are ISO 8601 in UTC.
 * @param o.requireLabel only rows that have a label
 * @returns `n` rows; each array has that length
 * @throws DomainError INVALID for a column that isn't there, or without a label column when one is required
 */
export async function readColumns(
  scope: ProjectScope,
  versionId: string,
  o: { columns: string[]; split?: string; requireLabel?: boolean; filter?: Condition[] },
): Promise<{ n: number; columns: Record<string, Cell[]> }> {
  const version = await getReadyVersion(scope, versionId);
  const label = version.columns.find((column) => column.kind === 'label');
  if (o.requireLabel && !label) {
    throw new DomainError(
      'INVALID',
      `${version.dataset} v${version.number} has no label column. Import labels, or label rows, and take the version that comes of it.`,
    );
  }
  const conditions = checked(version, o.filter ?? []);
  return selectColumns(await fileOf(version), {
    columns: o.columns.map((name) => columnOf(version.columns, name)),
    conditions,
    split: o.split,
    labelColumn: o.requireLabel ? (label?.name ?? null) : null,
  });
}

/** One page of rows; long texts are cut unless `whole`. @throws DomainError INVALID for an unknown column */
export async function pageRows(
  scope: ProjectScope,
  versionId: string,
  o: {
    offset: number;
    limit: number;
    filter?: Condition[];
    split?: string | undefined;
    sort?: Sort | undefined;
    whole?: boolean;
  },
): Promise<RowPage> {
  const version = await getReadyVersion(scope, versionId);
  const conditions = checked(version, o.filter ?? []);
  if (o.sort) columnOf(version.columns, o.sort.column);
  const { rows, matching } = await selectPage(await fileOf(version), {
    offset: o.offset,
    limit: o.limit,
    conditions,
    split: o.split,
    sort: o.sort,
    whole: o.whole ?? false,
  });
  return { columns: version.columns.map((column) => column.name), rows, matching, total: version.rowCount ?? 0 };
}

/** One whole cell. @throws DomainError NOT_FOUND for a row that isn't there */
export async function readCell(
  scope: ProjectScope,
  versionId: string,
  row: number,
  column: string,
): Promise<{ value: Cell; cut: boolean }> {
  const version = await getReadyVersion(scope, versionId);
  const cell = await selectCell(await fileOf(version), row, columnOf(version.columns, column), LARGEST_CELL);
  if (!cell) throw notFound(`row ${row}`);
  return cell;
}

export type Download = { stream: Readable; filename: string; mediaType: string };

/** The rows of a version as a file. A CSV is written anew for each download and removed afterwards. */
export async function downloadVersion(scope: ProjectScope, versionId: string, format: 'parquet' | 'csv'): Promise<Download> {
  const version = await getReadyVersion(scope, versionId);
  const name = `${version.dataset}-v${version.number}`;
  await recordRead(scope, {
    what: 'export',
    target: { type: 'dataset_version', id: versionId, name: `${version.dataset} v${version.number}` },
    details: { format, rows: version.rowCount },
  });
  if (format === 'parquet') {
    return {
      stream: await openObject(version.dataKey),
      filename: `${name}.parquet`,
      mediaType: 'application/vnd.apache.parquet',
    };
  }
  const folder = await makeBuildFolder('export');
  const path = join(folder, 'rows.csv');
  const remove = () => void rm(folder, { recursive: true, force: true }).catch(() => undefined);
  try {
    await writeCsv(await fileOf(version), path);
  } catch (error) {
    remove();
    throw error;
  }
  const stream = createReadStream(path);
  stream.once('close', remove);
  return { stream, filename: `${name}.csv`, mediaType: 'text/csv; charset=utf-8' };
}

function checked(version: VersionDetail, conditions: Condition[]): Condition[] {
  for (const condition of conditions) columnOf(version.columns, condition.column);
  return conditions;
}

async function fileOf(version: VersionDetail & { dataKey: string }): Promise<DataFile> {
  return { path: await objectPath(version.dataKey), columns: version.columns };
}
