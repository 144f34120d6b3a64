/**
 * How many rows it would take to see a difference that is really there.
 * Two classifiers on the same rows: R. Connor, Sample size for testing differences in proportions for the paired-sample
 * design, Biometrics 43 (1987) 207-211: n = (z_a sqrt(d) + z_b sqrt(d - e^2))^2 / e^2, with d the share of discordant rows
 * and e the difference. Any other figure: its standard error shrinks with the root of the rows.
 */
import { normalQuantile, zOf } from './distributions.ts';
import type { Interval } from './interval.schema.ts';

const POWER = 0.8;

/** Rows for a power of 80 % at this confidence; null where nothing differs. Shares of all rows that only one got right. */
export function rowsForMcnemar(onlyFirst: number, onlySecond: number, confidence = 0.95): number | null {
  const discordant = onlyFirst + onlySecond;
  const difference = onlyFirst - onlySecond;
  if (difference === 0) return null;
  const spread = zOf(confidence) * Math.sqrt(discordant);
  const power = normalQuantile(POWER) * Math.sqrt(Math.max(0, discordant - difference * difference));
  return Math.ceil((spread + power) ** 2 / (difference * difference));
}

/** Rows at which a difference of this size would be seen with a power of 80 %; null where it is nought or the interval has no width. */
export function rowsForDifference(difference: Interval): number | null {
  const z = zOf(difference.confidence);
  const error = (difference.upper - difference.lower) / (2 * z);
  if (difference.estimate === 0 || error === 0) return null;
  return Math.ceil(difference.n * (((z + normalQuantile(POWER)) * error) / Math.abs(difference.estimate)) ** 2);
}

/** A number of rows as one says it: two figures that count. */
export function roundRows(rows: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, rows))) - 1);
  return Math.ceil(rows / step) * step;
}
