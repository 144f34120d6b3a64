/**
 * Kernel SHAP: Shapley values as the weighted least squares of Lundberg and Lee (NeurIPS 2017, theorem 2). A coalition of size
 * s of M features weighs (M - 1) / (C(M, s) · s · (M - s)); the values sum to f(all) - f(none), which is put in as a constraint.
 * Up to 2^M - 2 coalitions within the budget all are taken, and the values are exact; else small and large coalitions first,
 * the others drawn in pairs with their complement.
 */
import type { Random } from '../random.ts';

/** `masks` has one row of M flags a coalition (1: the feature is known); the first is nobody, the second everybody. */
export type KernelPlan = { features: number; masks: Uint8Array[]; weights: Float64Array; exact: boolean };

const ALL_UP_TO = 11;

/** Which coalitions to run; at least two features. `budget` bounds their number where not all can be run. */
export function planKernel(features: number, budget: number, random: Random): KernelPlan {
  const none = new Uint8Array(features);
  const all = new Uint8Array(features).fill(1);
  if (features <= ALL_UP_TO && 2 ** features <= Math.max(budget, 16)) {
    const masks = Array.from({ length: 2 ** features - 2 }, (_, i) =>
      Uint8Array.from({ length: features }, (_, j) => ((i + 1) >> j) & 1),
    );
    const weights = masks.map((mask) => kernelWeight(features, sizeOf(mask)));
    return { features, masks: [none, all, ...masks], weights: Float64Array.from([0, 0, ...weights]), exact: true };
  }
  return { features, ...drawPlan(features, budget, random, none, all), exact: false };
}

/** (M - 1) / (C(M, s) · s · (M - s)) */
export function kernelWeight(features: number, size: number): number {
  let ways = 1;
  for (let i = 1; i <= size; i += 1) ways = (ways * (features - size + i)) / i;
  return (features - 1) / (ways * size * (features - size));
}

function drawPlan(features: number, budget: number, random: Random, none: Uint8Array, all: Uint8Array) {
  const counts = new Map<string, { mask: Uint8Array; weight: number }>();
  const bySize = Float64Array.from({ length: features - 1 }, (_, i) => (features - 1) / ((i + 1) * (features - i - 1)));
  const total = bySize.reduce((sum, weight) => sum + weight, 0);
  const add = (mask: Uint8Array) => {
    const key = mask.join('');
    const known = counts.get(key);
    if (known) known.weight += 1;
    else counts.set(key, { mask, weight: 1 });
  };
  for (let drawn = 0; drawn < budget * 4 && counts.size < budget; drawn += 2) {
    let at = random.next() * total;
    let size = 1;
    while (size < features - 1 && at > (bySize[size - 1] ?? 0)) {
      at -= bySize[size - 1] ?? 0;
      size += 1;
    }
    const mask = new Uint8Array(features);
    for (const j of random.shuffle(Array.from({ length: features }, (_, i) => i)).slice(0, size)) mask[j] = 1;
    add(mask);
    add(mask.map((flag) => 1 - flag));
  }
  const found = [...counts.values()];
  return {
    masks: [none, all, ...found.map((one) => one.mask)],
    weights: Float64Array.from([0, 0, ...found.map((one) => one.weight)]),
  };
}

/** Values [features] from the output of each coalition of the plan. */
export function kernelValues(plan: KernelPlan, outputs: ArrayLike<number>): Float64Array {
  const m = plan.features;
  const [none, gain] = [outputs[0] ?? 0, (outputs[1] ?? 0) - (outputs[0] ?? 0)];
  if (m === 1) return Float64Array.from([gain]);
  // The last feature is what the others leave of the gain: regress on (z_j - z_last).
  const size = m - 1;
  const left = Array.from({ length: size }, () => new Float64Array(size + 1));
  for (let i = 2; i < plan.masks.length; i += 1) {
    const mask = plan.masks[i] as Uint8Array;
    const weight = plan.weights[i] ?? 0;
    const last = mask[m - 1] ?? 0;
    const target = (outputs[i] ?? 0) - none - last * gain;
    for (let a = 0; a < size; a += 1) {
      const x = (mask[a] ?? 0) - last;
      if (x === 0) continue;
      const line = left[a] as Float64Array;
      for (let b = 0; b < size; b += 1) line[b] = (line[b] ?? 0) + weight * x * ((mask[b] ?? 0) - last);
      line[size] = (line[size] ?? 0) + weight * x * target;
    }
  }
  const solved = solve(left);
  return Float64Array.from([...solved, gain - solved.reduce((sum, value) => sum + value, 0)]);
}

/** Gauss with partial pivoting on [A | b]; a direction without information gets 0. */
function solve(rows: Float64Array[]): number[] {
  const n = rows.length;
  for (let column = 0; column < n; column += 1) {
    let best = column;
    for (let i = column; i < n; i += 1) if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = i;
    const pivot = rows[best] as Float64Array;
    rows[best] = rows[column] as Float64Array;
    rows[column] = pivot;
    if (Math.abs(pivot[column] ?? 0) < 1e-12) continue;
    for (let i = column + 1; i < n; i += 1) {
      const row = rows[i] as Float64Array;
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      if (factor !== 0) for (let k = column; k <= n; k += 1) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0);
    }
  }
  const solution = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i -= 1) {
    const row = rows[i] as Float64Array;
    let sum = row[n] ?? 0;
    for (let k = i + 1; k < n; k += 1) sum -= (row[k] ?? 0) * (solution[k] ?? 0);
    solution[i] = Math.abs(row[i] ?? 0) < 1e-12 ? 0 : sum / (row[i] ?? 1);
  }
  return solution;
}

function sizeOf(mask: Uint8Array): number {
  return mask.reduce((sum, flag) => sum + flag, 0);
}
