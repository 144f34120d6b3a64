/**
 * A number: missing ones get the mean of the training rows, then (x - mean) / deviation, held within 20 deviations so
 * that one absurd value can't decide alone; a second column says "was missing" when training rows were.
 * NaN and the infinities are missing. All figures are float32, as in the graph.
 */
import type { SparseBuilder } from '../sparse.ts';

export type NumberEncoder = {
  kind: 'number';
  name: string;
  mean: number;
  deviation: number;
  indicator: boolean;
  width: number;
};

/** Scaled values are held within this many deviations of the mean. */
export const SCALED_LIMIT = 20;

/** Null when every training value is missing or the same: such a column tells nothing. */
export function fitNumber(
  name: string,
  values: readonly (string | number | null)[],
  rows: readonly number[],
): NumberEncoder | null {
  let count = 0;
  let sum = 0;
  for (const row of rows) {
    const value = readNumber(values[row]);
    if (Number.isNaN(value)) continue;
    count += 1;
    sum += value;
  }
  const missing = rows.length - count;
  if (count === 0) return null;
  const mean = sum / count;
  let squares = 0;
  for (const row of rows) {
    const value = readNumber(values[row]);
    if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  }
  const deviation = Math.fround(Math.sqrt(squares / count));
  const varies = deviation > 1e-7 * Math.abs(mean) && Number.isFinite(deviation);
  if (!varies && missing === 0) return null;
  const indicator = missing > 0;
  return {
    kind: 'number',
    name,
    mean: Math.fround(mean),
    deviation: varies ? deviation : 1,
    indicator,
    width: indicator ? 2 : 1,
  };
}

/** Adds the column (and the indicator) of one row. */
export function writeNumber(
  encoder: NumberEncoder,
  value: string | number | null | undefined,
  offset: number,
  out: SparseBuilder,
): void {
  const number = readNumber(value);
  if (Number.isNaN(number)) {
    if (encoder.indicator) out.add(offset + 1, 1);
    return;
  }
  const scaled = Math.fround(Math.fround(number - encoder.mean) / encoder.deviation);
  out.add(offset, Math.max(-SCALED_LIMIT, Math.min(SCALED_LIMIT, scaled)));
}

/** A value as float32; NaN when it is missing or no number. */
export function readNumber(value: string | number | null | undefined): number {
  if (value === null || value === undefined || value === '') return Number.NaN;
  const number = Math.fround(Number(value));
  return Number.isFinite(number) ? number : Number.NaN;
}
