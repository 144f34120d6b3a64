export type Bin = { from: number; to: number; count: number; share: number };

/**
 * Counts values by the edges; the last bin takes its upper edge too. Values outside are left out of the counts but not of the shares' whole.
 * @param edges rising, at least two
 */
export function histogram(values: readonly number[], edges: readonly number[]): Bin[] {
  const counts = new Array<number>(Math.max(0, edges.length - 1)).fill(0);
  const last = edges.length - 1;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const index = value === edges[last] ? last - 1 : upperBound(edges, value) - 1;
    if (index >= 0 && index < counts.length) counts[index] = (counts[index] ?? 0) + 1;
  }
  const whole = values.length || 1;
  return counts.map((count, i) => ({ from: edges[i] ?? 0, to: edges[i + 1] ?? 0, count, share: count / whole }));
}

/** Edges of `count` equal bins over the values' range. */
export function equalEdges(values: readonly number[], count: number): number[] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(low <= high)) return [0, 1];
  if (low === high) return [low, low + 1];
  return Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count);
}

function upperBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
