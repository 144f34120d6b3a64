/**
 * Are the groups in the data as they are in the population that a person states? Pearson's chi-square test of fit:
 * X² = Σ (O - E)² / E on k - 1 degrees of freedom; shares with Wilson's interval. Its tail probability is the regularised
 * incomplete gamma function Q(k/2, X²/2), by series and continued fraction (Numerical Recipes, 3rd ed., section 6.2).
 */
import type { Interval } from '../stats/interval.schema.ts';
import { wilsonInterval } from '../stats/proportions.ts';
import { type Groups, MISSING } from './groups.ts';

export type Population = { value: string; share: number }[];
export type Representation = {
  /** Rows whose value is in the stated population. */
  n: number;
  /** Rows whose value isn't, missing ones among them. */
  outside: number;
  chiSquare: number | null;
  degrees: number;
  p: number | null;
  /** False when an expected count is below 5: the test is then only a hint. */
  reliable: boolean;
  groups: { name: string; n: number; stated: number; share: Interval | null; ratio: number | null }[];
};

/** Compares groups with stated shares, which are scaled to sum to 1. */
export function representation(groups: Groups, population: Population): Representation {
  const total = population.reduce((sum, one) => sum + one.share, 0);
  const observed = population.map(({ value }) => groups.sizes[groups.names.indexOf(value)] ?? 0);
  const n = observed.reduce((sum, count) => sum + count, 0);
  const expected = population.map(({ share }) => (total > 0 ? (n * share) / total : 0));
  const possible = n > 0 && population.length > 1 && expected.every((value) => value > 0);
  const chiSquare = possible
    ? observed.reduce((sum, count, i) => sum + (count - (expected[i] ?? 0)) ** 2 / (expected[i] ?? 1), 0)
    : null;
  const degrees = population.length - 1;
  return {
    n,
    outside: groups.ofRow.length - n,
    chiSquare,
    degrees,
    p: chiSquare === null ? null : chiSquareTail(chiSquare, degrees),
    reliable: expected.every((value) => value >= 5),
    groups: population.map(({ value, share }, i) => {
      const stated = total > 0 ? share / total : 0;
      const own = wilsonInterval({ successes: observed[i] ?? 0, n });
      return { name: value, n: observed[i] ?? 0, stated, share: own, ratio: own && stated > 0 ? own.estimate / stated : null };
    }),
  };
}

/** The shares of the data itself, to begin a statement with; missing values left out. */
export function ownShares(groups: Groups): Population {
  const known = groups.names.flatMap((name, i) => (name === MISSING ? [] : [{ value: name, n: groups.sizes[i] ?? 0 }]));
  const n = known.reduce((sum, one) => sum + one.n, 0);
  return known.map(({ value, n: own }) => ({ value, share: n === 0 ? 0 : Math.round((own / n) * 1000) / 1000 }));
}

/** P(X >= x) for X chi-square with k degrees of freedom, k >= 1. */
export function chiSquareTail(x: number, k: number): number {
  if (x <= 0) return 1;
  const [a, half] = [k / 2, x / 2];
  const scale = Math.exp(-half + a * Math.log(half) - logGammaOfHalf(k));
  return half < a + 1 ? 1 - scale * series(a, half) : scale * fraction(a, half);
}

/** ln Γ(k/2), as a product down to Γ(1) = 1 or Γ(1/2) = √π. */
function logGammaOfHalf(k: number): number {
  let sum = k % 2 === 0 ? 0 : 0.5 * Math.log(Math.PI);
  for (let twice = k - 2; twice > 0; twice -= 2) sum += Math.log(twice / 2);
  return sum;
}

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < 10_000 && term > sum * 1e-17; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

function fraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 10_000; i += 1) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (Math.abs(an * d + b) < tiny ? tiny : an * d + b);
    c = Math.abs(b + an / c) < tiny ? tiny : b + an / c;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return h;
}
