/** All figures of a model on labelled rows, with 95 % intervals: Wilson for shares, percentile bootstrap for F1. */
import { f1Statistic, groupCells, macroF1Statistic } from './cells.ts';
import type { ClassFigures, EvaluationSummary } from './evaluation.schema.ts';
import { calibration, logLoss } from './metrics/calibration.ts';
import { classScores, confusionMatrix } from './metrics/confusion.ts';
import { createRandom } from './random.ts';
import { type SliceColumn, sliceFigures } from './slices.ts';
import { bootstrapIntervals } from './stats/bootstrap.ts';
import { wilsonInterval } from './stats/proportions.ts';

export type Scored = {
  truth: readonly string[];
  predicted: readonly string[];
  /** Row by row, in the order of `classes`. */
  probabilities: ArrayLike<number>;
  /** The model's classes. */
  classes: readonly string[];
};

/** The classes of the model, then those that only the data has (a model is wrong on each row of these). */
export function allClasses(classes: readonly string[], truth: readonly string[]): string[] {
  const known = new Set(classes);
  return [...classes, ...[...new Set(truth)].filter((name) => !known.has(name)).sort()];
}

/**
 * Summarises answers on labelled rows.
 * @param o.seed of the bootstrap, so that the same answers always give the same figures
 */
export function evaluate(scored: Scored, o: { slices: readonly SliceColumn[]; seed?: number }): EvaluationSummary {
  const classes = allClasses(scored.classes, scored.truth);
  const numberOf = new Map(classes.map((name, index) => [name, index]));
  const numbers = (names: readonly string[]) => Int32Array.from(names, (name) => numberOf.get(name) ?? -1);
  const truth = numbers(scored.truth);
  const predicted = numbers(scored.predicted);
  const confusion = confusionMatrix(truth, predicted, classes.length);
  const correct = Array.from(truth, (own, row) => own === predicted[row]);
  const cells = groupCells(truth, [predicted]);
  const [macroF1 = null, ...f1] = bootstrapIntervals(cells.ofRow, {
    cellCount: cells.truth.length,
    statistics: [macroF1Statistic(cells, classes.length), ...classes.map((_, index) => f1Statistic(cells, index))],
    random: createRandom(o.seed ?? 0),
  });
  const p = (row: number, index: number) =>
    index < scored.classes.length ? (scored.probabilities[row * scored.classes.length + index] ?? 0) : 0;
  const rows = scored.truth.length;
  const confidence = Float64Array.from(predicted, (index, row) => p(row, index));
  return {
    rows,
    classes,
    accuracy: wilsonInterval({ successes: correct.filter(Boolean).length, n: rows }),
    macroF1,
    logLoss: logLoss(Float64Array.from(truth, (index, row) => p(row, index))),
    perClass: classes.map((name, index): ClassFigures => {
      const scores = classScores(confusion, index);
      return {
        name,
        support: scores.support,
        predicted: scores.predicted,
        precision: wilsonInterval({ successes: scores.correct, n: scores.predicted }),
        recall: wilsonInterval({ successes: scores.correct, n: scores.support }),
        f1: f1[index] ?? null,
      };
    }),
    confusion,
    calibration: calibration(confidence, correct),
    slices: sliceFigures({ columns: o.slices, truth, predicted, classes }),
  };
}
