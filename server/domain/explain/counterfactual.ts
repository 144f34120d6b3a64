/**
 * The smallest change that would have given another answer (Wachter, Mittelstadt and Russell, Harvard JOLT 31 (2018)). Here only
 * what to try, and how near it is; each candidate is then run through the graph itself.
 */

export type Direction = 'any' | 'up' | 'down' | 'fixed';

type Cell = string | number | null;

/** All sets of up to `size` places of `candidates`, small ones first, at most `limit`. */
export function smallSets(candidates: number, size: number, limit: number): number[][] {
  let level: number[][] = [[]];
  const all: number[][] = [];
  for (let k = 1; k <= size; k += 1) {
    level = level.flatMap((set) =>
      Array.from({ length: candidates - ((set.at(-1) ?? -1) + 1) }, (_, i) => [...set, (set.at(-1) ?? -1) + 1 + i]),
    );
    if (all.length + level.length > limit) break;
    all.push(...level);
  }
  return all;
}

/** The largest size up to which `smallSets` takes every set. */
export function exhaustiveSize(candidates: number, size: number, limit: number): number {
  let [ways, sum, k] = [1, 0, 0];
  while (k < size) {
    ways = (ways * (candidates - k)) / (k + 1);
    sum += ways;
    if (sum > limit) break;
    k += 1;
  }
  return k;
}

/** Values to try in a column: those of other rows that the direction permits, the nearest first. Numbers thinned to `most`. */
export function permittedValues(own: Cell, values: readonly Cell[], direction: Direction, most: number): Cell[] {
  if (direction === 'fixed') return [];
  if (values.every((value) => value === null || typeof value === 'number')) {
    const numbers = [...new Set(values)].filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
    const known = typeof own === 'number' && Number.isFinite(own) ? own : null;
    const allowed = numbers.filter(
      (value) =>
        value !== known && (known === null || direction === 'any' || (direction === 'up' ? value > known : value < known)),
    );
    const sorted = allowed.sort((a, b) => a - b);
    const step = Math.max(1, sorted.length / most);
    const thinned = Array.from({ length: Math.min(most, sorted.length) }, (_, i) => sorted[Math.floor(i * step)] ?? 0);
    return [...new Set([...thinned, ...ends(sorted)])].sort((a, b) => Math.abs(a - (known ?? 0)) - Math.abs(b - (known ?? 0)));
  }
  const counts = new Map<Cell, number>();
  for (const value of values) if (value !== null && value !== own) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([value]) => value);
}

function ends(sorted: number[]): number[] {
  return sorted.length === 0 ? [] : [sorted[0] ?? 0, sorted.at(-1) ?? 0];
}

/** Mean absolute deviation of numbers from their median, for distances; 1 where all are the same. */
export function scaleOf(values: readonly Cell[]): number {
  const numbers = values
    .filter((value): value is number => typeof value === 'number' && Number.isFinite(value))
    .sort((a, b) => a - b);
  const median = numbers[Math.floor(numbers.length / 2)] ?? 0;
  const mean = numbers.reduce((sum, value) => sum + Math.abs(value - median), 0) / (numbers.length || 1);
  return mean > 0 ? mean : 1;
}

/** How far a value was moved: numbers in deviations, anything else 1. */
export function moved(own: Cell, other: Cell, scale: number): number {
  if (own === other) return 0;
  return typeof own === 'number' && typeof other === 'number' ? Math.abs(own - other) / scale : 1;
}
