/**
 * Quantile of the χ² distribution by E. Wilson and M. Hilferty, "The distribution of chi-square", PNAS 17 (1931) 684-688:
 * χ²ₚ(k) ≈ k (1 − 2/(9k) + zₚ √(2/(9k)))³. Within 1 % of the exact value for k ≥ 2 at p = 0.95, 3 % for k = 1: enough for a
 * limit below which drift isn't called.
 */
import { normalQuantile } from '../stats/distributions.ts';

/** The value that a χ² variable with `k` degrees of freedom stays below with probability `p`, 0 < p < 1, k >= 1. */
export function chiSquareQuantile(p: number, k: number): number {
  const step = 2 / (9 * k);
  return k * (1 - step + normalQuantile(p) * Math.sqrt(step)) ** 3;
}
