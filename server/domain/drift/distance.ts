/**
 * Distances between two histograms over the same bins.
 *
 * Population stability index: PSI = Σ (pᵢ − qᵢ) ln(pᵢ / qᵢ), with p and q the shares of the bins after adding half a count to
 * each bin, so that an empty bin gives a finite figure. N. Siddiqi, Credit Risk Scorecards, Wiley 2006; the usual reading is
 * below 0.1 no shift, 0.1 to 0.2 (or 0.25) a moderate one, above it a large one.
 *
 * Two samples of the same population differ too: then PSI is distributed like (1/n + 1/m) χ² with k − 1 degrees of freedom
 * (B. Yurdakul and J. Naranjo, "Statistical properties of the population stability index", Journal of Risk Model Validation
 * 14(4), 2020). `psiByChance` is the 95 % point of that, so that a small window isn't called drifted for being small.
 *
 * Jensen-Shannon distance: the square root of (KL(p‖m) + KL(q‖m)) / 2 with m = (p + q) / 2 and logarithms to base 2, between 0
 * and 1. D. Endres and J. Schindelin, "A new metric for probability distributions", IEEE Trans. Inf. Theory 49(7), 2003; the
 * same as scipy.spatial.distance.jensenshannon(p, q, base=2).
 */
import { chiSquareQuantile } from './chi-square.ts';

const HALF_A_COUNT = 0.5;

/**
 * Population stability index of two histograms of counts.
 * @throws RangeError when they have different numbers of bins
 */
export function populationStabilityIndex(current: readonly number[], reference: readonly number[]): number {
  const [p, q] = [smoothedShares(current), smoothedShares(sameBins(current, reference))];
  return p.reduce((sum, pi, i) => {
    const qi = q[i] ?? 0;
    return sum + (pi - qi) * Math.log(pi / qi);
  }, 0);
}

/** The PSI that 95 of 100 pairs of samples of these sizes stay below when nothing has changed; null when one is empty. */
export function psiByChance(n: number, m: number, bins: number): number | null {
  if (n <= 0 || m <= 0 || bins < 2) return null;
  return (1 / n + 1 / m) * chiSquareQuantile(0.95, bins - 1);
}

/**
 * Jensen-Shannon distance (base 2) of two histograms of counts; null when one of them is empty.
 * @throws RangeError when they have different numbers of bins
 */
export function jensenShannonDistance(current: readonly number[], reference: readonly number[]): number | null {
  const [p, q] = [shares(current), shares(sameBins(current, reference))];
  if (!p || !q) return null;
  let divergence = 0;
  p.forEach((pi, i) => {
    const qi = q[i] ?? 0;
    const mi = (pi + qi) / 2;
    if (pi > 0) divergence += (pi * Math.log2(pi / mi)) / 2;
    if (qi > 0) divergence += (qi * Math.log2(qi / mi)) / 2;
  });
  return Math.sqrt(Math.max(0, divergence));
}

function sameBins(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length !== b.length)
    throw new RangeError(`The histograms have ${a.length} and ${b.length} bins; they must have the same.`);
  return b;
}

function smoothedShares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count + HALF_A_COUNT, 0);
  return counts.map((count) => (count + HALF_A_COUNT) / total);
}

function shares(counts: readonly number[]): number[] | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total > 0 ? counts.map((count) => count / total) : null;
}
