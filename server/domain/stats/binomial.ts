/**
 * Random binomials, and multinomials from them, so that a resample of many rows costs one draw a cell and not one a row.
 * Small n p: inversion (Kachitvichyanukul and Schmeiser, 1988, BINV). Else: transformed rejection with squeeze, BTRS of
 * W. Hörmann, The generation of binomial random variates, J. Stat. Comput. Simul. 46 (1993) 101-110.
 */
import type { Random } from '../random.ts';

const SMALL_MEAN = 10;

/** A draw from the binomial distribution of `n` trials with probability `p`. */
export function drawBinomial(random: Random, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - drawBinomial(random, n, 1 - p);
  return n * p < SMALL_MEAN ? invert(random, n, p) : reject(random, n, p);
}

/**
 * A draw from the multinomial distribution of `n` trials over cells in the proportion of `weights`, into `out`.
 * Each cell is binomial given those before it.
 */
export function drawMultinomial(random: Random, n: number, weights: Float64Array, out: Float64Array): void {
  let left = n;
  let mass = 0;
  for (let i = 0; i < weights.length; i += 1) mass += weights[i] as number;
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i] as number;
    const count = left === 0 ? 0 : i === weights.length - 1 ? left : drawBinomial(random, left, weight / mass);
    out[i] = count;
    left -= count;
    mass -= weight;
  }
}

function invert(random: Random, n: number, p: number): number {
  const odds = p / (1 - p);
  const start = Math.exp(n * Math.log1p(-p));
  for (;;) {
    let mass = start;
    let u = random.next();
    for (let k = 0; k <= n; k += 1) {
      if (u < mass) return k;
      u -= mass;
      mass *= ((n - k) / (k + 1)) * odds;
    }
  }
}

function reject(random: Random, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const vr = 0.92 - 4.2 / b;
  const odds = p / (1 - p);
  const alpha = (2.83 + 5.1 / b) * spread;
  const m = Math.floor((n + 1) * p);
  for (;;) {
    const u = random.next() - 0.5;
    const v = random.next();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || k > n) continue;
    const bound =
      (m + 0.5) * Math.log((m + 1) / (odds * (n - m + 1))) +
      (n + 1) * Math.log((n - m + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      stirling(m) +
      stirling(n - m) -
      stirling(k) -
      stirling(n - k);
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= bound) return k;
  }
}

const TAILS = [
  0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.020790672103765, 0.0166446911898211, 0.0138761288230707,
  0.0118967099458917, 0.010411265261972, 0.00925546218271273, 0.00833056343336287,
];

/** ln k! minus Stirling's main term. */
function stirling(k: number): number {
  const known = TAILS[k];
  if (known !== undefined) return known;
  const x = k + 1;
  return (1 / 12 - (1 / 360 - 1 / 1260 / (x * x)) / (x * x)) / x;
}
