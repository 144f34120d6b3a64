/** Histograms whose bins come from the reference, so that every window is counted in the same way. */

import { interpolatedQuantile } from '../stats/quantiles.ts';

/** The bins of a column: edges of a number's intervals, or the names of categories. The last bin counts missing values. */
export type Bins = { kind: 'number'; edges: number[] } | { kind: 'category'; values: string[] };

const MAX_CATEGORIES = 12;

/**
 * Bins of numbers at the quantiles of the reference (ten parts, equal edges merged), open at both ends; a column with few
 * values gets an edge between each two.
 */
export function numberBins(reference: readonly (number | null)[], parts = 10): Bins {
  const sorted = reference.filter((value): value is number => value !== null && Number.isFinite(value)).sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  if (distinct.length <= parts) {
    return { kind: 'number', edges: distinct.slice(1).map((value, i) => (value + (distinct[i] ?? value)) / 2) };
  }
  const edges = Array.from({ length: parts - 1 }, (_, i) => interpolatedQuantile(sorted, (i + 1) / parts) ?? 0);
  return { kind: 'number', edges: [...new Set(edges)] };
}

/** Bins of categories: the most frequent of the reference, then all others together. */
export function categoryBins(reference: readonly (string | null)[], limit = MAX_CATEGORIES): Bins {
  const counts = new Map<string, number>();
  for (const value of reference) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ranked = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return { kind: 'category', values: ranked.slice(0, limit).map(([value]) => value) };
}

/**
 * Counts values into bins. The result has one count a bin, then for categories one for all others, then one for missing.
 * A number equal to an edge belongs to the bin above it.
 */
export function countIntoBins(bins: Bins, values: readonly (number | string | null)[]): number[] {
  const known = bins.kind === 'number' ? bins.edges.length + 1 : bins.values.length + 1;
  const counts = new Array<number>(known + 1).fill(0);
  const index = bins.kind === 'category' ? new Map(bins.values.map((value, i) => [value, i])) : null;
  for (const value of values) {
    const bin = binOf(bins, index, value, known);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** A word for each bin, in the order of the counts. */
export function binNames(bins: Bins): string[] {
  if (bins.kind === 'category') return [...bins.values, 'other', 'missing'];
  const { edges } = bins;
  if (edges.length === 0) return ['all', 'missing'];
  const names = edges.map((edge, i) => (i === 0 ? `under ${short(edge)}` : `${short(edges[i - 1] ?? edge)}–${short(edge)}`));
  return [...names, `${short(edges.at(-1) ?? 0)} and over`, 'missing'];
}

function binOf(bins: Bins, index: Map<string, number> | null, value: number | string | null, known: number): number {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return known;
  if (bins.kind === 'category') return index?.get(String(value)) ?? bins.values.length;
  return upperBound(bins.edges, Number(value));
}

function upperBound(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value < (edges[middle] ?? Number.POSITIVE_INFINITY)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function short(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
