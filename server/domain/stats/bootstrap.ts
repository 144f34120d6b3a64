/**
 * Percentile bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, chapter 13) of figures that follow
 * from counts. Each row falls into one cell (for one classifier: true and predicted class; for two: true class and both
 * answers), so drawing rows with replacement is drawing cells, and a paired comparison stays paired.
 */
import type { Random } from '../random.ts';
import type { Interval } from './interval.schema.ts';

/** A figure of cell counts; null when it would be 0/0. */
export type Statistic = (counts: Float64Array) => number | null;

const RESAMPLES = 1000;
const RESAMPLES_OF_MANY_ROWS = 200;
const MANY_ROWS = 50_000;
/** If the figure is undefined in more resamples than this, its interval would be of something else: null. */
const UNDEFINED_LIMIT = 0.05;

/**
 * Intervals of several statistics from the same resamples.
 * @param cells the cell of each row, 0 <= cell < cellCount
 * @returns one interval a statistic; null where the statistic is undefined
 */
export function bootstrapIntervals(
  cells: ArrayLike<number>,
  o: { cellCount: number; statistics: readonly Statistic[]; random: Random; confidence?: number; method?: string },
): (Interval | null)[] {
  const n = cells.length;
  const confidence = o.confidence ?? 0.95;
  const counts = new Float64Array(o.cellCount);
  for (let i = 0; i < n; i += 1) counts[cells[i] as number] = (counts[cells[i] as number] as number) + 1;
  const estimates = o.statistics.map((statistic) => (n === 0 ? null : statistic(counts)));
  if (estimates.every((estimate) => estimate === null)) return estimates.map(() => null);

  const resamples = n > MANY_ROWS ? RESAMPLES_OF_MANY_ROWS : RESAMPLES;
  const drawn = o.statistics.map(() => [] as number[]);
  for (let b = 0; b < resamples; b += 1) {
    counts.fill(0);
    for (let i = 0; i < n; i += 1) {
      const cell = cells[o.random.int(n)] as number;
      counts[cell] = (counts[cell] as number) + 1;
    }
    o.statistics.forEach((statistic, s) => {
      const value = statistic(counts);
      if (value !== null) drawn[s]?.push(value);
    });
  }
  return estimates.map((estimate, s) => {
    const values = drawn[s] ?? [];
    if (estimate === null || values.length < resamples * (1 - UNDEFINED_LIMIT)) return null;
    values.sort((a, b) => a - b);
    const tail = (1 - confidence) / 2;
    return {
      estimate,
      lower: Math.min(estimate, percentile(values, tail)),
      upper: Math.max(estimate, percentile(values, 1 - tail)),
      confidence,
      method: o.method ?? 'bootstrap',
      n,
    };
  });
}

function percentile(sorted: readonly number[], q: number): number {
  const place = Math.min(sorted.length - 1, Math.max(0, Math.round(q * (sorted.length - 1))));
  return sorted[place] ?? Number.NaN;
}
