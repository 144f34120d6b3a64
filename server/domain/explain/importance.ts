/** How much a feature matters to a model on many rows, with intervals: mean ± z · s/√n over rows. */
import { zOf } from '../stats/distributions.ts';
import type { Interval } from '../stats/interval.schema.ts';

/** Mean of a sum and a sum of squares over n rows; null for no rows. */
export function meanFromSums(sum: number, squares: number, n: number, method: string): Interval | null {
  if (n === 0) return null;
  const mean = sum / n;
  const half = n < 2 ? 0 : zOf(0.95) * Math.sqrt(Math.max(0, squares - n * mean * mean) / (n - 1) / n);
  return { estimate: mean, lower: mean - half, upper: mean + half, confidence: 0.95, method, n };
}

/** Mean |φ| of each feature from the values of each row [features]; none is below 0. */
export function meanAbsolute(rows: Iterable<ArrayLike<number>>, features: number): (Interval | null)[] {
  const [sums, squares] = [new Float64Array(features), new Float64Array(features)];
  let n = 0;
  for (const row of rows) {
    n += 1;
    for (let j = 0; j < features; j += 1) {
      const size = Math.abs(row[j] ?? 0);
      sums[j] = (sums[j] ?? 0) + size;
      squares[j] = (squares[j] ?? 0) + size * size;
    }
  }
  return Array.from({ length: features }, (_, j) => {
    const interval = meanFromSums(sums[j] ?? 0, squares[j] ?? 0, n, 'mean |SHAP| over rows');
    return interval && { ...interval, lower: Math.max(0, interval.lower) };
  });
}

/**
 * Permutation importance (Breiman, Machine Learning 45 (2001) 5-32; as scikit-learn's permutation_importance): the loss of
 * score when a column is shuffled, paired by row.
 * @param before score of each row, e.g. 1 for right and 0 for wrong @param after the same for each shuffle
 */
export function permutationImportance(before: ArrayLike<number>, after: readonly ArrayLike<number>[]): Interval | null {
  const n = before.length;
  let [sum, squares] = [0, 0];
  for (let row = 0; row < n; row += 1) {
    const loss = (before[row] ?? 0) - after.reduce((total, one) => total + (one[row] ?? 0), 0) / (after.length || 1);
    sum += loss;
    squares += loss * loss;
  }
  return after.length === 0 ? null : meanFromSums(sum, squares, n, `loss of score over ${after.length} shuffles`);
}
