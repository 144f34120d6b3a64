/** A category: one column for each value seen in training, one-hot; a value never seen gives zeros. Null is ''. */
import { modelText } from '../../domain/signature.ts';
import type { SparseBuilder } from '../sparse.ts';

export type CategoryEncoder = { kind: 'category'; name: string; categories: string[]; width: number };

/** A column keeps at most this many categories: the most frequent. */
export const MAX_CATEGORIES = 500;

/** Null when the training rows hold a single category: such a column tells nothing. */
export function fitCategory(
  name: string,
  values: readonly (string | number | null)[],
  rows: readonly number[],
): CategoryEncoder | null {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const category = readCategory(values[row]);
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  if (counts.size < 2) return null;
  const categories = [...counts]
    .sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))
    .slice(0, MAX_CATEGORIES)
    .map(([category]) => category)
    .sort(compareText);
  return { kind: 'category', name, categories, width: categories.length };
}

/** How a row's category is found: a lookup made once for a column. */
export function categoryWriter(encoder: CategoryEncoder) {
  const columns = new Map(encoder.categories.map((category, i) => [category, i]));
  return (value: string | number | null | undefined, offset: number, out: SparseBuilder): void => {
    const column = columns.get(readCategory(value));
    if (column !== undefined) out.add(offset + column, 1);
  };
}

function readCategory(value: string | number | null | undefined): string {
  return value === null || value === undefined ? '' : modelText(String(value));
}

/** By code units: the same order on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
