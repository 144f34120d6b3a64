import { DomainError } from '#server/errors.ts';
import type { Column } from './columns.schema.ts';
import { SYSTEM_COLUMNS } from './columns.schema.ts';
import type { Recipe, Split } from './recipe.schema.ts';

/** @throws DomainError CONFLICT for a dataset that takes no more versions */
export function assertOpen(dataset: { name: string; archivedAt: Date | null }): void {
  if (dataset.archivedAt)
    throw new DomainError('CONFLICT', `${dataset.name} is archived and takes no new version. Take it back first.`);
}

/** @throws DomainError CONFLICT unless the version can be read and built upon */
export function assertReady(version: { number: number; status: string; dataset: string }): void {
  if (version.status === 'ready') return;
  const state = version.status === 'failed' ? 'failed to build' : 'is still being built';
  throw new DomainError('CONFLICT', `${version.dataset} v${version.number} ${state}. Choose a version that is ready.`);
}

/** @throws DomainError INVALID when a split names a column that isn't there or holds no times */
export function assertSplitFits(split: Split, columns: readonly Column[]): void {
  if (split.kind !== 'time') return;
  const column = columns.find((one) => one.name === split.column);
  if (column?.kind === 'time') return;
  const times = columns.filter((one) => one.kind === 'time').map((one) => one.name);
  const instead = times.length > 0 ? `Columns with times: ${times.join(', ')}.` : 'No column holds times: split at random.';
  throw new DomainError('INVALID', `A split by time needs a column of kind time; ${split.column} isn't one. ${instead}`);
}

/** @throws DomainError INVALID when a recipe doesn't fit the columns of its parent */
export function assertFitsParent(recipe: Recipe, columns: readonly Column[]): void {
  if (recipe.kind === 'split') assertSplitFits(recipe.split, columns);
  if (recipe.kind !== 'labels') return;
  const known = recipe.keyColumn === '_row' || columns.some((column) => column.name === recipe.keyColumn);
  if (known) return;
  throw new DomainError(
    'INVALID',
    `There is no column ${recipe.keyColumn}. Labels are matched by ${columns.map((column) => column.name).join(', ')} or _row.`,
  );
}

/** The column of this name, of the user's or the system's. @throws DomainError INVALID naming those that exist */
export function columnOf(columns: readonly Column[], name: string): Column {
  const own = columns.find((column) => column.name === name);
  if (own) return own;
  if (SYSTEM_COLUMNS.some((system) => system === name)) return { name, kind: name === '_row' ? 'number' : 'category' };
  throw new DomainError(
    'INVALID',
    `There is no column ${name} in this version. It has ${columns.map((column) => column.name).join(', ')}.`,
  );
}
