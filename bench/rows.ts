/** One line of a benchmark's answer. `value` is null for what could not be measured; the reason is in `reference`. */
export type BenchRow = {
  metric: string;
  value: number | null;
  unit: string;
  /** What it is compared with: a name and its figure, or why there is none. */
  reference: string | null;
  ratio: number | null;
  /** The figure to reach, in words; null for what only informs. */
  aim: string | null;
  ok: boolean | null;
};

/** Median and range of repeated measurements. */
export function spread(values: readonly number[]): { median: number; low: number; high: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = sorted.length % 2 ? (sorted[Math.floor(middle)] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return { median, low: sorted[0] ?? 0, high: sorted.at(-1) ?? 0 };
}
