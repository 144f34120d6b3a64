/**
 * Area under the ROC curve with its variance, and the difference of two on the same rows: DeLong, DeLong and
 * Clarke-Pearson, Biometrics 44 (1988) 837-845, by midranks (Sun and Xu, IEEE Signal Process. Lett. 21 (2014) 1389-1393).
 * The area is the chance that a row of the class scores above one that isn't, ties counting half.
 */
import { normalQuantile, zOf } from './distributions.ts';
import type { Interval } from './interval.schema.ts';

/** Of each row of the class its share of others below it (`own`), of each other its share of class rows above it (`others`). */
type Placements = { auc: number; own: Float64Array; others: Float64Array };

/** Area with interval; null unless both sides have rows. The interval is on the logit scale, so that it stays in [0, 1]. */
export function aucInterval(scores: ArrayLike<number>, isClass: ArrayLike<boolean>, confidence = 0.95): Interval | null {
  const placed = placements(scores, isClass);
  if (!placed) return null;
  const { auc } = placed;
  const error = Math.sqrt(variance(placed, placed));
  const base = { estimate: auc, confidence, method: 'DeLong', n: placed.own.length + placed.others.length };
  if (auc <= 0 || auc >= 1 || error === 0) return { ...base, lower: auc, upper: auc };
  const logit = Math.log(auc / (1 - auc));
  const half = (zOf(confidence) * error) / (auc * (1 - auc));
  const back = (value: number) => 1 / (1 + Math.exp(-value));
  return { ...base, lower: back(logit - half), upper: back(logit + half) };
}

/** Second minus first, on the same rows, with its p-value (normal); null unless both sides have rows. */
export function aucDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  isClass: ArrayLike<boolean>,
  confidence = 0.95,
): { interval: Interval; p: number } | null {
  const [a, b] = [placements(first, isClass), placements(second, isClass)];
  if (!a || !b) return null;
  const estimate = b.auc - a.auc;
  const error = Math.sqrt(Math.max(0, variance(a, a) + variance(b, b) - 2 * variance(a, b)));
  const half = zOf(confidence) * error;
  const n = a.own.length + a.others.length;
  const interval = { estimate, lower: estimate - half, upper: estimate + half, confidence, method: 'DeLong, paired', n };
  return { interval, p: error === 0 ? (estimate === 0 ? 1 : 0) : 2 * upperTail(Math.abs(estimate) / error) };
}

function placements(scores: ArrayLike<number>, isClass: ArrayLike<boolean>): Placements | null {
  const own: number[] = [];
  const others: number[] = [];
  for (let i = 0; i < scores.length; i += 1) (isClass[i] ? own : others).push(scores[i] ?? 0);
  if (own.length === 0 || others.length === 0) return null;
  const all = midranks([...own, ...others]);
  const ranksOfOwn = midranks(own);
  const ranksOfOthers = midranks(others);
  const ofOwn = Float64Array.from(own, (_, i) => ((all[i] ?? 0) - (ranksOfOwn[i] ?? 0)) / others.length);
  const ofOthers = Float64Array.from(others, (_, i) => 1 - ((all[own.length + i] ?? 0) - (ranksOfOthers[i] ?? 0)) / own.length);
  return { auc: mean(ofOwn), own: ofOwn, others: ofOthers };
}

function variance(a: Placements, b: Placements): number {
  return covariance(a.own, b.own) / a.own.length + covariance(a.others, b.others) / a.others.length;
}

function covariance(a: Float64Array, b: Float64Array): number {
  if (a.length < 2) return 0;
  const [meanA, meanB] = [mean(a), mean(b)];
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += ((a[i] ?? 0) - meanA) * ((b[i] ?? 0) - meanB);
  return sum / (a.length - 1);
}

/** Ranks from 1, ties at their middle. */
function midranks(values: readonly number[]): Float64Array {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1] ?? 0] === values[order[from] ?? 0]) to += 1;
    for (let i = from; i <= to; i += 1) ranks[order[i] ?? 0] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return ranks;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** P(Z > z) for z >= 0, by bisection of the quantile: 1e-12 is enough for a p-value. */
function upperTail(z: number): number {
  let [low, high] = [1e-300, 0.5];
  for (let i = 0; i < 200 && high / low > 1 + 1e-12; i += 1) {
    const middle = Math.sqrt(low * high);
    if (-normalQuantile(middle) > z) low = middle;
    else high = middle;
  }
  return high;
}
