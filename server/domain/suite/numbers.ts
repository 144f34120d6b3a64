/** All figures of a model that answers numbers: regression, and ranking by its score. */
import { type LabelRows, MULTILABEL_FIGURES, writeMultilabel } from '../metrics/multilabel.ts';
import { isFalling, metricName, metricPath } from '../metrics/paths.ts';
import { queryFigures, rowsByQuery } from '../metrics/ranking.ts';
import { regressionRows, residualQuantiles, rowPinball, weightedMean, writeRegression } from '../metrics/regression.ts';
import { createRandom } from '../random.ts';
import type { Interval } from '../stats/interval.schema.ts';
import { bootstrapRows } from '../stats/resample.ts';
import type { Drawing } from './classification.ts';
import type { PerformanceData, SuiteFigure, SuiteSlice } from './sections.schema.ts';
import type { Cut } from './slices.ts';

const REGRESSION = ['mae', 'rmse', 'r2', 'bias'] as const;
const HISTOGRAM_BINS = 20;
const SLICE_DRAWS = 1000;

/** Writes figures of weighted units; all tasks that answer no single class are of this form. */
export type Evaluator = { paths: string[]; units: number; write(weights: Float64Array, out: Float64Array): void };

/** MAE, RMSE, R², mean residual, and the pinball loss of each quantile. */
export function regressionEvaluator(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  quantiles: readonly number[],
): Evaluator {
  const rows = regressionRows(truth, predicted);
  const pinball = quantiles.map((q) => rowPinball(rows.residual, q));
  return {
    paths: [...REGRESSION, ...quantiles.map((q) => metricPath('pinball', String(q)))],
    units: truth.length,
    write(weights, out) {
      writeRegression(weights, rows, out);
      pinball.forEach((loss, i) => {
        out[REGRESSION.length + i] = weightedMean(weights, loss);
      });
    },
  };
}

/** NDCG and recall at each depth, and the mean reciprocal rank; a unit is a query with something relevant. */
export function rankingEvaluator(
  gains: ArrayLike<number>,
  scores: ArrayLike<number>,
  o: { queries: readonly (string | number | null)[]; depths: readonly number[] },
): Evaluator {
  const found = [...rowsByQuery(o.queries).values()].flatMap((rows) => {
    const figures = queryFigures(
      rows.map((row) => gains[row] ?? 0),
      rows.map((row) => scores[row] ?? 0),
      o.depths,
    );
    return figures ? [figures] : [];
  });
  const columns = [
    ...o.depths.map((_, i) => Float64Array.from(found, (query) => query.ndcg[i] ?? 0)),
    ...o.depths.map((_, i) => Float64Array.from(found, (query) => query.recall[i] ?? 0)),
    Float64Array.from(found, (query) => query.reciprocal),
  ];
  return {
    paths: [
      ...o.depths.map((k) => metricPath('ndcg', String(k))),
      ...o.depths.map((k) => metricPath('recall_at', String(k))),
      'mrr',
    ],
    units: found.length,
    write(weights, out) {
      columns.forEach((values, i) => {
        out[i] = weightedMean(weights, values);
      });
    },
  };
}

/** Micro and macro F1, whole sets, Hamming loss, then F1 of each label. */
export function multilabelEvaluator(rows: LabelRows, labels: readonly string[]): Evaluator {
  return {
    paths: [...MULTILABEL_FIGURES, ...labels.map((label) => metricPath('f1', label))],
    units: rows.n,
    write: (weights, out) => writeMultilabel(weights, rows, out),
  };
}

/** Figures with intervals of all units. */
export function evaluateUnits(evaluator: Evaluator, o: Drawing): SuiteFigure[] {
  const drawn = bootstrapRows(evaluator.units, {
    draws: o.draws,
    random: createRandom(o.seed),
    figures: evaluator.paths.length,
    confidence: o.confidence,
    evaluate: (weights, out) => evaluator.write(weights, out),
  });
  return evaluator.paths.map((path, i) => ({
    path,
    name: metricName(path),
    interval: drawn[i]?.interval ?? null,
    falls: isFalling(path),
    unit: null,
  }));
}

/** The same of each slice; `make` builds the evaluator of some rows. */
export function slicesOfUnits(cuts: readonly Cut[], make: (rows: readonly number[]) => Evaluator, o: Drawing): SuiteSlice[] {
  return cuts.map(({ kind, column, value, rows }) => {
    const figures = evaluateUnits(make(rows), { ...o, draws: Math.min(o.draws, SLICE_DRAWS) });
    const kept = figures.map(({ path, interval }): [string, Interval | null] => [path, interval]);
    return { kind, column, value, n: rows.length, figures: Object.fromEntries(kept) };
  });
}

/** Quantiles and a histogram of y - f. */
export function residualsOf(truth: ArrayLike<number>, predicted: ArrayLike<number>): PerformanceData['residuals'] {
  const { residual } = regressionRows(truth, predicted);
  if (residual.length === 0) return null;
  const [low, high] = [residual.reduce((a, b) => Math.min(a, b)), residual.reduce((a, b) => Math.max(a, b))];
  const width = (high - low) / HISTOGRAM_BINS || 1;
  const counts = new Array<number>(HISTOGRAM_BINS).fill(0);
  for (const r of residual) {
    const bin = Math.min(HISTOGRAM_BINS - 1, Math.floor((r - low) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return {
    quantiles: residualQuantiles(residual),
    bins: counts.map((n, i) => ({ from: low + i * width, to: low + (i + 1) * width, n })),
  };
}
