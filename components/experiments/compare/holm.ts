/**
 * Holm, S. (1979): A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6, 65-70.
 * The smallest of m p-values times m, the next times m - 1 …, each at least as large as the one before, at most 1.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const adjusted = [...pValues];
  let before = 0;
  order.forEach((index, rank) => {
    before = Math.min(1, Math.max(before, (pValues[index] ?? 1) * (pValues.length - rank)));
    adjusted[index] = before;
  });
  return adjusted;
}
