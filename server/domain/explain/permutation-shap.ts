/**
 * Permutation SHAP: the mean gain that a feature brings when features become known one after another in random order
 * (Castro, Gómez and Tejada, Computers & Operations Research 36 (2009) 1726-1730), each order also walked backwards, which
 * makes it exact for models in which at most two features interact. The values of each walk sum to f(all) - f(none), so their
 * mean does.
 */
import type { Random } from '../random.ts';

/** `masks` to run (1: known); `orders` are the walks, each with the places of its masks in `masks`. */
export type PermutationPlan = { features: number; masks: Uint8Array[]; orders: { order: number[]; at: number[] }[] };

/** Walks in pairs, forwards and backwards; a mask that comes twice is run once. */
export function planPermutations(features: number, pairs: number, random: Random): PermutationPlan {
  const known = new Map<string, number>();
  const masks: Uint8Array[] = [];
  const place = (mask: Uint8Array) => {
    const key = mask.join('');
    const at = known.get(key) ?? masks.length;
    if (at === masks.length) {
      known.set(key, at);
      masks.push(mask);
    }
    return at;
  };
  const start = Array.from({ length: features }, (_, i) => i);
  const orders = Array.from({ length: pairs }, () => random.shuffle(start)).flatMap((order) => [order, [...order].reverse()]);
  const walks = orders.map((order) => {
    const mask = new Uint8Array(features);
    const at = [place(mask.slice())];
    for (const feature of order) {
      mask[feature] = 1;
      at.push(place(mask.slice()));
    }
    return { order, at };
  });
  return { features, masks, orders: walks };
}

/** Values [features] and the standard error of each over the pairs of walks, from the output of each mask. */
export function permutationValues(
  plan: PermutationPlan,
  outputs: ArrayLike<number>,
): { values: Float64Array; errors: Float64Array } {
  const pairs = plan.orders.length / 2;
  const sums = new Float64Array(plan.features);
  const squares = new Float64Array(plan.features);
  for (let pair = 0; pair < pairs; pair += 1) {
    const gains = new Float64Array(plan.features);
    for (const { order, at } of plan.orders.slice(pair * 2, pair * 2 + 2)) {
      order.forEach((feature, i) => {
        const gain = (outputs[at[i + 1] ?? 0] ?? 0) - (outputs[at[i] ?? 0] ?? 0);
        gains[feature] = (gains[feature] ?? 0) + gain / 2;
      });
    }
    gains.forEach((gain, feature) => {
      sums[feature] = (sums[feature] ?? 0) + gain;
      squares[feature] = (squares[feature] ?? 0) + gain * gain;
    });
  }
  const values = sums.map((sum) => sum / pairs);
  const errors = squares.map((square, i) =>
    pairs < 2 ? 0 : Math.sqrt(Math.max(0, square - pairs * (values[i] ?? 0) ** 2) / (pairs - 1) / pairs),
  );
  return { values, errors };
}
