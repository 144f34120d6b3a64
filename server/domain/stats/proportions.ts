/**
 * Intervals of proportions.
 * Wilson (1927): centre (p + z^2/2n) / (1 + z^2/n), half width z/(1 + z^2/n) * sqrt(p(1-p)/n + z^2/4n^2).
 * Difference: Newcombe's hybrid score interval, method 10 of Newcombe, Statistics in Medicine 17 (1998) 873-890.
 * McNemar, exact: two-sided binomial test on the discordant pairs. Mid-p: half of the probability of what was seen is
 * left out (Fagerland, Lydersen and Laake, BMC Med. Res. Methodol. 13:91 (2013)).
 */
import { binomialCdf, binomialMass, zOf } from './distributions.ts';
import type { Interval } from './interval.schema.ts';

export type Proportion = { successes: number; n: number };

/** Null when nothing was observed. */
export function wilsonInterval({ successes, n }: Proportion, confidence = 0.95): Interval | null {
  if (n <= 0) return null;
  const z = zOf(confidence);
  const p = successes / n;
  const shrink = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / shrink;
  const half = (z / shrink) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return {
    estimate: p,
    lower: Math.max(0, Math.min(p, centre - half)),
    upper: Math.min(1, Math.max(p, centre + half)),
    confidence,
    method: 'Wilson',
    n,
  };
}

/** Interval of p1 - p2 of two independent samples; null when one of them is empty. `n` is the smaller sample. */
export function newcombeInterval(first: Proportion, second: Proportion, confidence = 0.95): Interval | null {
  const a = wilsonInterval(first, confidence);
  const b = wilsonInterval(second, confidence);
  if (!a || !b) return null;
  const difference = a.estimate - b.estimate;
  return {
    estimate: difference,
    lower: difference - Math.hypot(a.estimate - a.lower, b.upper - b.estimate),
    upper: difference + Math.hypot(a.upper - a.estimate, b.estimate - b.lower),
    confidence,
    method: 'Newcombe',
    n: Math.min(first.n, second.n),
  };
}

/**
 * P-value that two classifiers are wrong equally often, on the same rows.
 * @param onlyFirst rows that only the first got right
 * @param onlySecond rows that only the second got right
 */
export function mcnemarExact(onlyFirst: number, onlySecond: number): number {
  const n = onlyFirst + onlySecond;
  if (n === 0) return 1;
  return Math.min(1, 2 * binomialCdf(Math.min(onlyFirst, onlySecond), n, 0.5));
}

/** As `mcnemarExact`, less conservative: the exact p-value minus the probability of exactly these counts. */
export function mcnemarMidP(onlyFirst: number, onlySecond: number): number {
  const n = onlyFirst + onlySecond;
  if (n === 0) return 1;
  const fewer = Math.min(onlyFirst, onlySecond);
  if (onlyFirst === onlySecond) return Math.min(1, 1 - binomialMass(fewer, n, 0.5) / 2);
  return Math.min(1, 2 * binomialCdf(fewer, n, 0.5) - binomialMass(fewer, n, 0.5));
}
