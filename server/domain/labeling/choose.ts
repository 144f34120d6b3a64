import { createRandom } from '../random.ts';

/**
 * Draws up to `n` of the given rows without replacement: the first `n` of a seeded Fisher-Yates shuffle. The order is
 * random too, so whoever stops half-way has labeled a random half. The same rows and seed always give the same draw.
 */
export function drawRows<T>(rows: readonly T[], n: number, seed: number): T[] {
  return createRandom(`labeling:${seed}`).shuffle(rows).slice(0, n);
}

/**
 * Rows that may be drawn: they have a key, no earlier row has the same, and, where only unlabeled ones are wanted,
 * they have no label. Returns indices into `keys`.
 */
export function eligibleRows(
  keys: readonly (string | number | null)[],
  labels: readonly (string | number | null)[] | null,
): number[] {
  const seen = new Set<string>();
  const rows: number[] = [];
  keys.forEach((key, index) => {
    if (key === null || key === '') return;
    const text = String(key);
    if (seen.has(text)) return;
    seen.add(text);
    const label = labels?.[index] ?? null;
    if (label === null || label === '') rows.push(index);
  });
  return rows;
}
