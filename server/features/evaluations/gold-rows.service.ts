import { createHash } from 'node:crypto';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { GoldName } from '#server/domain/suite/sections.schema.ts';
import { DomainError } from '#server/errors.ts';
import { readColumns } from '#server/features/datasets/rows.service.ts';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { db } from '#server/platform/db/client.ts';
import type { GoldRows } from './section-context.schema.ts';
import type { GoldPart, SuiteTask } from './suite.schema.ts';
import { findGoldRows } from './suites.repo.ts';

const MOST_ROWS = 200_000;

export type LoadedGold = { rows: GoldRows; name: GoldName; target: string; problems: string[] };

/**
 * The rows of a gold part that say what is true, with all their columns.
 * @throws DomainError INVALID without a target column, without a row that has a target, or with more rows than a suite can hold
 */
export async function loadGold(
  scope: ProjectScope,
  part: GoldPart,
  o: { target: string | null; task: SuiteTask; inputs: readonly string[] },
): Promise<LoadedGold> {
  const version = await getReadyVersion(scope, part.datasetVersionId);
  const name = partName(version, part.split);
  const target = o.target ?? version.columns.find((column) => column.kind === 'label')?.name;
  if (!target)
    throw new DomainError(
      'INVALID',
      `${version.dataset} v${version.number} has no label column. Choose the column with what is true in the suite’s settings.`,
    );
  if (!version.columns.some((column) => column.name === target))
    throw new DomainError('INVALID', `${version.dataset} v${version.number} has no column ${target}, which the suite judges by.`);
  const missing = o.inputs.filter((input) => !version.columns.some((column) => column.name === input));
  if (missing.length > 0)
    throw new DomainError(
      'INVALID',
      `The model takes ${missing.join(', ')}, which ${version.dataset} v${version.number} doesn’t have.`,
    );
  const held = rowsOf(version, part.split);
  if (held > MOST_ROWS)
    throw new DomainError(
      'TOO_LARGE',
      `${name} has ${held.toLocaleString('en')} rows; a suite judges on at most ${MOST_ROWS.toLocaleString('en')}. Split it anew and take a smaller part.`,
    );
  const names = version.columns.map((column) => column.name);
  const read = await readColumns(scope, version.id, {
    columns: ['_row', ...names],
    ...(part.split ? { split: part.split } : {}),
  });
  const numeric = o.task === 'regression' || o.task === 'ranking';
  const cells = read.columns[target] ?? [];
  const kept = Array.from({ length: read.n }, (_, row) => row).filter(
    (row) => says(cells[row] ?? null, numeric) || (o.task === 'multilabel' && cells[row] !== null),
  );
  if (kept.length === 0)
    throw new DomainError('INVALID', `No row of ${name} says what is true in ${target}, so there is nothing to judge on.`);
  const take = <T>(values: readonly T[]) => (kept.length === read.n ? [...values] : kept.map((row) => values[row] as T));
  const columns = Object.fromEntries(names.map((column) => [column, take(read.columns[column] ?? [])]));
  const left = read.n - kept.length;
  return {
    target,
    name: await nameOf(scope, version, part, kept.length),
    problems:
      left > 0
        ? [`${left.toLocaleString('en')} rows of ${name} say nothing ${numeric ? 'numeric ' : ''}in ${target} and were left out.`]
        : [],
    rows: {
      ...part,
      dataset: version.dataset,
      number: version.number,
      n: kept.length,
      columns,
      kinds: Object.fromEntries(version.columns.map((column) => [column.name, column.kind])),
      truth: take(cells),
      rowIds: take(read.columns._row ?? []).map(Number),
    },
  };
}

/** SHA-256 over the contents of all parts: what a decision says that it was made on. */
export function hashOfGold(names: readonly GoldName[]): string {
  return createHash('sha256')
    .update(names.map((name) => name.hash).join('\n'))
    .digest('hex');
}

/** SHA-256 of a version's contents and the part of it. */
export function hashOfPart(version: VersionDetail & { dataKey: string }, split: string | null): string {
  return createHash('sha256')
    .update(`${version.contentHash ?? version.dataKey}\n${split ?? ''}`)
    .digest('hex');
}

/** `mail v3, test`. */
export function partName(version: { dataset: string; number: number }, split: string | null): string {
  return `${version.dataset} v${version.number}${split ? `, ${split}` : ''}`;
}

/** Rows of a part, by what the version says of its split. */
export function rowsOf(version: VersionDetail, split: string | null): number {
  if (split === null) return version.rowCount ?? 0;
  return version.split?.parts.find((part) => part.name === split)?.rows ?? 0;
}

async function nameOf(
  scope: ProjectScope,
  version: VersionDetail & { dataKey: string },
  part: GoldPart,
  n: number,
): Promise<GoldName> {
  const locks = await findGoldRows(db, scope, { released: false, datasetVersionIds: [version.id] });
  const lock = locks.find((row) => row.split === '' || row.split === (part.split ?? ''));
  return {
    ...part,
    dataset: version.dataset,
    number: version.number,
    n,
    hash: hashOfPart(version, part.split),
    lockedBy: lock?.lockedByName ?? null,
  };
}

function says(cell: string | number | null, numeric: boolean): boolean {
  if (cell === null || cell === '') return false;
  return !numeric || Number.isFinite(Number(cell));
}
