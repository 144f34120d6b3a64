/** Figures of parts of the data: values of a category, bands of a text's length, months. */
import type { SliceFigures, SliceKind } from './evaluation.schema.ts';
import { classScores, confusionMatrix } from './metrics/confusion.ts';
import { wilsonInterval } from './stats/proportions.ts';

/** One way to cut the rows: each row's slice, null for none. */
export type SliceColumn = { kind: SliceKind; column: string; values: readonly (string | null)[] };

/** Smaller slices are left out: their figures would be noise. */
export const MIN_SLICE_ROWS = 20;
const MAX_SLICES_OF_A_COLUMN = 50;

/** Bands of a text's length in characters, shortest first. */
export const LENGTH_BANDS = [
  { below: 500, name: 'under 500' },
  { below: 1000, name: '500 to 999' },
  { below: 2000, name: '1,000 to 1,999' },
  { below: 5000, name: '2,000 to 4,999' },
  { below: Number.POSITIVE_INFINITY, name: '5,000 or more' },
] as const;

/** Slices with enough rows, but not those of all rows: those of categories largest first, bands and months in their order. */
export function sliceFigures(o: {
  columns: readonly SliceColumn[];
  truth: Int32Array;
  predicted: Int32Array;
  classes: readonly string[];
  minRows?: number;
}): SliceFigures[] {
  return o.columns.flatMap((column) => {
    const groups = Map.groupBy(o.truth.keys(), (row) => column.values[row] ?? null);
    groups.delete(null);
    return [...groups]
      .filter(([, rows]) => rows.length >= (o.minRows ?? MIN_SLICE_ROWS) && rows.length < o.truth.length)
      .sort(
        ([a, rowsOfA], [b, rowsOfB]) =>
          placeOf(column.kind, a) - placeOf(column.kind, b) || rowsOfB.length - rowsOfA.length || compare(a, b),
      )
      .slice(0, MAX_SLICES_OF_A_COLUMN)
      .flatMap(([value, rows]) => figuresOf(column, value ?? '', rows, o) ?? []);
  });
}

/** The band of a text; null has none. */
export function lengthBand(text: string | null): string | null {
  if (text === null) return null;
  return LENGTH_BANDS.find((band) => text.length < band.below)?.name ?? null;
}

/** The month of a time in UTC, as 2002-07: from an ISO text or from milliseconds since 1970; null when it is neither. */
export function monthOf(time: string | number | null): string | null {
  if (time === null) return null;
  const date = new Date(typeof time === 'number' ? time : withZone(time));
  return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 7);
}

/** A time without a zone is UTC, not the zone of whatever machine computes. */
function withZone(text: string): string {
  return /^\d{4}-\d{2}-\d{2}[T ][\d:.]+$/.test(text) ? `${text.replace(' ', 'T')}Z` : text;
}

function figuresOf(
  column: SliceColumn,
  value: string,
  rows: readonly number[],
  o: { truth: Int32Array; predicted: Int32Array; classes: readonly string[] },
): SliceFigures | null {
  const truth = rows.map((row) => o.truth[row] ?? -1);
  const predicted = rows.map((row) => o.predicted[row] ?? -1);
  const accuracy = wilsonInterval({ successes: truth.filter((own, i) => own === predicted[i]).length, n: rows.length });
  if (!accuracy) return null;
  const matrix = confusionMatrix(truth, predicted, o.classes.length);
  const f1 = o.classes.map((name, index) => {
    const scores = classScores(matrix, index);
    const f1 = scores.support === 0 ? null : scores.f1;
    return { name, support: scores.support, f1, precision: scores.precision, recall: scores.recall };
  });
  return { kind: column.kind, column: column.column, value, rows: rows.length, accuracy, f1 };
}

function placeOf(kind: SliceKind, value: string | null): number {
  if (kind === 'length') return LENGTH_BANDS.findIndex((band) => band.name === value);
  return kind === 'month' ? Number((value ?? '').replace('-', '')) : 0;
}

function compare(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
