/**
 * Exact SHAP values of a linear function f(x) = b + Σ w_j x_j with independent features: φ_j = w_j (x_j - E[x_j]), and the
 * expected output b + Σ w_j E[x_j] (Lundberg and Lee, A Unified Approach to Interpreting Model Predictions, NeurIPS 2017,
 * corollary 1). The sum of all φ_j and the expected output is f(x).
 */

/** A row with few entries that aren't 0; `index` has no repetition. */
export type SparseVector = { index: number[]; value: number[] };

/**
 * @param weights [features], @param mean [features], the background's means
 * @returns φ of every feature, those that the row lacks included: their absence says something too
 */
export function linearShap(weights: ArrayLike<number>, mean: ArrayLike<number>, row: SparseVector): Float64Array {
  const values = Float64Array.from({ length: weights.length }, (_, j) => -(weights[j] ?? 0) * (mean[j] ?? 0));
  row.index.forEach((j, at) => {
    values[j] = (values[j] ?? 0) + (weights[j] ?? 0) * (row.value[at] ?? 0);
  });
  return values;
}

/** b + Σ w_j E[x_j]. */
export function linearExpected(weights: ArrayLike<number>, mean: ArrayLike<number>, intercept: number): number {
  let sum = intercept;
  for (let j = 0; j < weights.length; j += 1) sum += (weights[j] ?? 0) * (mean[j] ?? 0);
  return sum;
}

/** Means of each feature over rows. */
export function meanOfRows(rows: readonly SparseVector[], width: number): Float64Array {
  const mean = new Float64Array(width);
  for (const row of rows) {
    row.index.forEach((j, at) => {
      mean[j] = (mean[j] ?? 0) + (row.value[at] ?? 0) / rows.length;
    });
  }
  return mean;
}
