/** How a suite cuts its rows: values of categories, bands of numbers and of lengths, months. */

import { LENGTH_BANDS, lengthBand, monthOf } from '../slices.ts';
import { interpolatedQuantile } from '../stats/quantiles.ts';
import type { SuiteSlice } from './sections.schema.ts';

type Cell = string | number | null;
export type Cut = { kind: SuiteSlice['kind']; column: string; value: string; rows: number[] };

const MAX_SLICES_OF_A_COLUMN = 50;
const NUMBER_BANDS = 4;

/**
 * Slices of all columns with at least `minRows` rows, but not those of all rows: values of a category largest first, bands
 * and months in their order.
 * @param o.kinds kind of each column; other kinds than category, text, number and time aren't cut by
 */
export function cutRows(o: {
  columns: Record<string, readonly Cell[]>;
  kinds: Record<string, string>;
  names: readonly string[];
  n: number;
  minRows: number;
}): Cut[] {
  return o.names.flatMap((column) => {
    const values = o.columns[column];
    if (!values) return [];
    const cut = bandsOf(values, o.kinds[column] ?? '');
    if (!cut) return [];
    const groups = Map.groupBy(
      Array.from({ length: o.n }, (_, row) => row),
      (row) => cut.band(values[row] ?? null),
    );
    groups.delete(null);
    const order = (value: string) => cut.order?.indexOf(value) ?? 0;
    return [...groups]
      .map(([value, rows]) => ({ kind: cut.kind, column, value: value ?? '', rows }))
      .filter(({ rows }) => rows.length >= o.minRows && rows.length < o.n)
      .sort(
        (a, b) =>
          order(a.value) - order(b.value) ||
          (cut.kind === 'month' ? 0 : b.rows.length - a.rows.length) ||
          (a.value < b.value ? -1 : 1),
      )
      .slice(0, MAX_SLICES_OF_A_COLUMN);
  });
}

type Bands = { kind: Cut['kind']; order?: readonly string[]; band(cell: Cell): string | null };

function bandsOf(values: readonly Cell[], kind: string): Bands | null {
  if (kind === 'category' || kind === 'label') return { kind: 'category', band: (cell) => (cell === null ? null : String(cell)) };
  if (kind === 'time') return { kind: 'month', band: monthOf };
  if (kind === 'text') {
    const order = LENGTH_BANDS.map((band) => band.name);
    return { kind: 'length', order, band: (cell) => lengthBand(cell === null ? null : String(cell)) };
  }
  return kind === 'number' ? numberBands(values) : null;
}

/** Quarters of a number by its own quantiles, or its values where it has few. */
function numberBands(values: readonly Cell[]): Bands | null {
  const numbers = values.flatMap((cell) => (cell === null || Number.isNaN(Number(cell)) ? [] : [Number(cell)]));
  const known = [...new Set(numbers)].sort((a, b) => a - b);
  if (known.length < 2) return null;
  if (known.length <= NUMBER_BANDS + 1) {
    return { kind: 'number', order: known.map(String), band: (cell) => (cell === null ? null : String(Number(cell))) };
  }
  const sorted = Float64Array.from(numbers).sort();
  const edges = [
    ...new Set(Array.from({ length: NUMBER_BANDS - 1 }, (_, i) => interpolatedQuantile(sorted, (i + 1) / NUMBER_BANDS) ?? 0)),
  ];
  const told = (edge: number) => String(Number(edge.toPrecision(4)));
  const names = [
    `below ${told(edges[0] ?? 0)}`,
    ...edges.slice(1).map((edge, i) => `${told(edges[i] ?? 0)} to ${told(edge)}`),
    `${told(edges.at(-1) ?? 0)} or more`,
  ];
  return {
    kind: 'number',
    order: names,
    band: (cell) => {
      if (cell === null || Number.isNaN(Number(cell))) return null;
      const place = edges.findIndex((edge) => Number(cell) < edge);
      return names[place < 0 ? edges.length : place] ?? null;
    },
  };
}
