/**
 * Quantiles with distribution-free intervals: the number of values below the true q-quantile is binomial(n, q), so two
 * order statistics enclose it. Source: Conover, Practical Nonparametric Statistics, 3rd ed., section 3.2.
 */
import { binomialMass } from './distributions.ts';

/** 1-based ranks in the sorted sample; null where the sample is too small to bound that side. */
export type QuantileRanks = { rank: number; lower: number | null; upper: number | null };

export type QuantileInterval = { n: number; estimate: number; lower: number | null; upper: number | null };

/** Ranks of the q-quantile (the least value with at least a share q at or below it) and of its interval. */
export function quantileRanks(n: number, q: number, confidence = 0.95): QuantileRanks {
  const alpha = (1 - confidence) / 2;
  let lower: number | null = null;
  let upper: number | null = null;
  let cumulative = 0;
  // `cumulative` is P(B < rank); the upper rank is the first with P(B >= rank) <= alpha.
  for (let rank = 1; rank <= n; rank += 1) {
    cumulative += binomialMass(rank - 1, n, q);
    if (cumulative <= alpha) lower = rank;
    if (1 - cumulative <= alpha) {
      upper = rank;
      break;
    }
  }
  return { rank: Math.max(1, Math.ceil(q * n - 1e-9)), lower, upper };
}

/** Estimate and interval from values in any order; null for no values. */
export function quantileInterval(values: readonly number[], q: number, confidence = 0.95): QuantileInterval | null {
  const n = values.length;
  if (n === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const ranks = quantileRanks(n, q, confidence);
  const at = (rank: number | null) => (rank === null ? null : (sorted[rank - 1] ?? null));
  return { n, estimate: sorted[ranks.rank - 1] ?? 0, lower: at(ranks.lower), upper: at(ranks.upper) };
}

/** The quantile with linear interpolation (type 7 of Hyndman and Fan, numpy's default) of sorted values. */
export function interpolatedQuantile(sorted: ArrayLike<number>, q: number): number | null {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * q;
  const below = Math.floor(place);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (place - below);
}
