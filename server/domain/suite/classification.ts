/** All figures of a classifier on gold rows: averages, classes, slices, calibration, what its answers cost. */
import type { ValueMatrix } from '../brief.schema.ts';
import { groupCells } from '../cells.ts';
import { calibrationCurve } from '../metrics/calibration-curve.ts';
import { CLASS_AVERAGES, countClasses, emptyCounts, f1Of, writeAverages } from '../metrics/class-counts.ts';
import { confusionMatrix } from '../metrics/confusion.ts';
import { isFalling, metricName, metricPath } from '../metrics/paths.ts';
import { binsOf, rowBrier, rowLogLoss, weightedEce } from '../metrics/probability-scores.ts';
import { weightedMean } from '../metrics/regression.ts';
import { createRandom } from '../random.ts';
import { aucInterval } from '../stats/delong.ts';
import type { Interval } from '../stats/interval.schema.ts';
import { wilsonInterval } from '../stats/proportions.ts';
import { bootstrapCounts, bootstrapRows } from '../stats/resample.ts';
import type { PerformanceData, SuiteClass, SuiteFigure, SuiteSlice } from './sections.schema.ts';
import type { Cut } from './slices.ts';

export type Classified = {
  /** [n], numbers of `classes`. */
  truth: Int32Array;
  /** [n]; -1 for a row that was not answered. */
  predicted: Int32Array;
  /** [n, K], K the first classes, which are the model's; null when the graph gives none. */
  scores: ArrayLike<number> | null;
  known: number;
  classes: readonly string[];
};
export type Drawing = { draws: number; confidence: number; seed: number };
type Part = Pick<PerformanceData, 'figures' | 'classes' | 'confusion' | 'calibration' | 'value'>;

/** Draws for the figures of one slice: the ends of an interval move in the third digit only. */
const SLICE_DRAWS = 2000;

/** Figures of all rows. `values` are those of the brief. */
export function classificationFigures(data: Classified, o: Drawing & { values: ValueMatrix | null }): Part {
  const { truth, predicted, classes } = data;
  const cells = groupCells(truth, [predicted]);
  const f1 = countFigures(data, o);
  const averages = CLASS_AVERAGES.map((path, i) =>
    figureOf(path, path === 'accuracy' || path === 'micro_f1' ? accuracyOf(data, o) : (f1[i] ?? null)),
  );
  const confusion = confusionMatrix(truth, predicted, classes.length);
  const value = o.values ? valueFigure(cells, classes, o.values, o) : null;
  return {
    figures: [...averages, ...probabilityFigures(data, o), ...(value ? [value] : [])],
    classes: classes.map((name, index): SuiteClass => {
      const support = countOf(truth, index);
      const said = countOf(predicted, index);
      const hits = confusion[index]?.[index] ?? 0;
      const { scores, known } = data;
      return {
        name,
        support,
        predicted: said,
        precision: wilsonInterval({ successes: hits, n: said }, o.confidence),
        recall: wilsonInterval({ successes: hits, n: support }, o.confidence),
        f1: f1[CLASS_AVERAGES.length + index] ?? null,
        auc: scores && index < known ? aucInterval(column(scores, known, index), isClass(truth, index), o.confidence) : null,
      };
    }),
    confusion: { classes: [...classes], counts: confusion },
    calibration: calibrationOf(data, o.confidence),
    value: o.values ? { kind: o.values.kind, unit: o.values.unit } : null,
  };
}

/** Accuracy (Wilson), macro F1 and F1 of each class (bootstrap) of each slice. */
export function classificationSlices(data: Classified, cuts: readonly Cut[], o: Drawing): SuiteSlice[] {
  return cuts.map(({ kind, column: name, value, rows }) => {
    const part = { ...data, truth: pick(data.truth, rows), predicted: pick(data.predicted, rows), scores: null };
    const figures = countFigures(part, { ...o, draws: Math.min(o.draws, SLICE_DRAWS) });
    const own = data.classes.map((label, i): [string, Interval | null] => [
      metricPath('f1', label),
      part.truth.includes(i) ? (figures[CLASS_AVERAGES.length + i] ?? null) : null,
    ]);
    return {
      kind,
      column: name,
      value,
      n: rows.length,
      figures: { accuracy: accuracyOf(part, o), macro_f1: figures[1] ?? null, ...Object.fromEntries(own) },
    };
  });
}

/** Averages, then F1 of each class, from the same resamples. */
function countFigures(data: Classified, o: Drawing): (Interval | null)[] {
  const cells = groupCells(data.truth, [data.predicted]);
  const answer = cells.answers[0] ?? new Int32Array(0);
  const counts = emptyCounts(data.classes.length);
  return bootstrapCounts(cellCounts(cells.ofRow, cells.truth.length), {
    draws: o.draws,
    random: createRandom(o.seed),
    figures: CLASS_AVERAGES.length + data.classes.length,
    confidence: o.confidence,
    evaluate(weights, out) {
      countClasses(weights, { truth: cells.truth, answer }, counts);
      writeAverages(counts, out);
      for (let k = 0; k < data.classes.length; k += 1) out[CLASS_AVERAGES.length + k] = f1Of(counts, k);
    },
  }).map(({ interval }) => interval);
}

function probabilityFigures(data: Classified, o: Drawing): SuiteFigure[] {
  if (!data.scores) return [];
  const rows = probabilityRows(data, data.scores);
  const intervals = bootstrapRows(data.truth.length, {
    draws: o.draws,
    random: createRandom(o.seed + 1),
    figures: 3,
    confidence: o.confidence,
    evaluate(weights, out) {
      out[0] = weightedMean(weights, rows.logLoss);
      out[1] = weightedMean(weights, rows.brier);
      out[2] = weightedEce(weights, rows);
    },
  });
  return ['log_loss', 'brier', 'ece'].map((path, i) => figureOf(path, intervals[i]?.interval ?? null));
}

/** What each row adds to log loss, Brier score and calibration error. */
export function probabilityRows(data: Classified, scores: ArrayLike<number>) {
  const { truth, predicted, known } = data;
  const confidence = Float64Array.from(predicted, (said, row) =>
    said >= 0 && said < known ? (scores[row * known + said] ?? 0) : 0,
  );
  return {
    logLoss: rowLogLoss(scores, truth, known),
    brier: rowBrier(scores, truth, known),
    confidence,
    bin: binsOf(confidence),
    correct: Uint8Array.from(truth, (own, row) => Number(own === predicted[row])),
  };
}

function calibrationOf(data: Classified, confidence: number): Part['calibration'] {
  if (!data.scores) return [];
  const { scores, known, truth } = data;
  const rows = probabilityRows(data, scores);
  const ofAnswer = { of: null, bins: calibrationCurve(rows.confidence, rows.correct, confidence) };
  // Of two classes the curve of one is the other's turned round; of many, each class has its own.
  const own = known === 2 ? [1] : Array.from({ length: Math.min(known, 12) }, (_, index) => index);
  const ofClasses = own.map((index) => ({
    of: data.classes[index] ?? '',
    bins: calibrationCurve(
      column(scores, known, index),
      Array.from(truth, (t) => Number(t === index)),
      confidence,
    ),
  }));
  return [ofAnswer, ...ofClasses];
}

/** What an answer of each cell counts, as the brief says it; a pair that isn't there counts nothing. */
export function cellValues(
  cells: { truth: Int32Array; answer: Int32Array },
  classes: readonly string[],
  values: ValueMatrix,
): Float64Array {
  const known = new Map(values.cells.map(({ actual, answered, value }) => [JSON.stringify([actual, answered]), value]));
  return Float64Array.from(
    cells.truth,
    (own, c) => known.get(JSON.stringify([classes[own] ?? '', classes[cells.answer[c] ?? -1] ?? ''])) ?? 0,
  );
}

function valueFigure(
  cells: ReturnType<typeof groupCells>,
  classes: readonly string[],
  values: ValueMatrix,
  o: Drawing,
): SuiteFigure {
  const worth = cellValues({ truth: cells.truth, answer: cells.answers[0] ?? new Int32Array(0) }, classes, values);
  const [mean] = bootstrapCounts(cellCounts(cells.ofRow, cells.truth.length), {
    draws: o.draws,
    random: createRandom(o.seed + 2),
    figures: 1,
    confidence: o.confidence,
    evaluate(weights, out) {
      out[0] = weightedMean(weights, worth);
    },
  });
  return { ...figureOf(`${values.kind}.mean`, mean?.interval ?? null), unit: values.unit || null };
}

/** Rows in each cell. */
export function cellCounts(ofRow: Int32Array, cells: number): Float64Array {
  const counts = new Float64Array(cells);
  for (const cell of ofRow) counts[cell] = (counts[cell] as number) + 1;
  return counts;
}

export function figureOf(path: string, interval: Interval | null): SuiteFigure {
  return { path, name: metricName(path), interval, falls: isFalling(path), unit: null };
}

function accuracyOf({ truth, predicted }: Classified, o: Drawing): Interval | null {
  let successes = 0;
  for (let i = 0; i < truth.length; i += 1) if (truth[i] === predicted[i]) successes += 1;
  return wilsonInterval({ successes, n: truth.length }, o.confidence);
}

export function column(scores: ArrayLike<number>, width: number, index: number): Float64Array {
  return Float64Array.from({ length: scores.length / width }, (_, row) => scores[row * width + index] ?? 0);
}

export function isClass(truth: Int32Array, index: number): boolean[] {
  return Array.from(truth, (own) => own === index);
}

function pick(values: Int32Array, rows: readonly number[]): Int32Array {
  return Int32Array.from(rows, (row) => values[row] ?? -1);
}

function countOf(values: Int32Array, index: number): number {
  let count = 0;
  for (const value of values) if (value === index) count += 1;
  return count;
}
