/**
 * Figures of predicted numbers, from weighted rows. MAE: mean |y - f|. RMSE: root of mean (y - f)². R² = 1 - SSE / SST; NaN
 * where all y are equal. Pinball loss of quantile q (Koenker and Bassett, Econometrica 46 (1978) 33-50):
 * max(q (y - f), (q - 1)(y - f)).
 */
import { interpolatedQuantile } from '../stats/quantiles.ts';

export type RegressionSums = { absolute: Float64Array; squared: Float64Array; truth: Float64Array; residual: Float64Array };

/** What each row adds; residuals are y - f, so positive where the model says too little. */
export function regressionRows(truth: ArrayLike<number>, predicted: ArrayLike<number>): RegressionSums {
  const residual = Float64Array.from(truth as Float64Array, (y, i) => y - (predicted[i] ?? 0));
  return {
    residual,
    truth: Float64Array.from(truth as Float64Array),
    absolute: residual.map(Math.abs),
    squared: residual.map((r) => r * r),
  };
}

/** Pinball loss of quantile `q`, one figure a row. */
export function rowPinball(residual: Float64Array, q: number): Float64Array {
  return residual.map((r) => Math.max(q * r, (q - 1) * r));
}

/** Writes MAE, RMSE, R² and the mean residual into `out` from place `at`. */
export function writeRegression(weights: Float64Array, rows: RegressionSums, out: Float64Array, at = 0): void {
  let [n, absolute, squared, y, yy, residual] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < weights.length; i += 1) {
    const w = weights[i] as number;
    if (w === 0) continue;
    const own = rows.truth[i] as number;
    n += w;
    absolute += w * (rows.absolute[i] as number);
    squared += w * (rows.squared[i] as number);
    residual += w * (rows.residual[i] as number);
    y += w * own;
    yy += w * own * own;
  }
  const total = yy - (y * y) / n;
  out[at] = absolute / n;
  out[at + 1] = Math.sqrt(squared / n);
  out[at + 2] = total > 1e-12 * yy ? 1 - squared / total : Number.NaN;
  out[at + 3] = residual / n;
}

/** Weighted mean; NaN without weight. */
export function weightedMean(weights: Float64Array, values: Float64Array): number {
  let [n, sum] = [0, 0];
  for (let i = 0; i < weights.length; i += 1) {
    n += weights[i] as number;
    sum += (weights[i] as number) * (values[i] as number);
  }
  return sum / n;
}

export const RESIDUAL_QUANTILES = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1] as const;

/** Quantiles of the residuals (type 7 of Hyndman and Fan, numpy's default). */
export function residualQuantiles(residual: Float64Array): { q: number; value: number }[] {
  const sorted = Float64Array.from(residual).sort();
  return RESIDUAL_QUANTILES.flatMap((q) => {
    const value = interpolatedQuantile(sorted, q);
    return value === null ? [] : [{ q, value }];
  });
}
