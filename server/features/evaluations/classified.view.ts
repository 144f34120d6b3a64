import { allClasses } from '#server/domain/evaluate.ts';
import { type LabelRows, labelSet } from '#server/domain/metrics/multilabel.ts';
import type { Classified } from '#server/domain/suite/classification.ts';
import { type Evaluator, multilabelEvaluator, rankingEvaluator, regressionEvaluator } from '#server/domain/suite/numbers.ts';
import type { Answers, GoldRows, SectionContext, SuiteSide } from './section-context.schema.ts';

/** The classes of a judgement: the candidate's, those that only the incumbent has, those that only the data has. */
export function classesOf(ctx: Pick<SectionContext, 'candidate' | 'incumbent' | 'gold'>): string[] {
  const own = ctx.candidate.signature.classes ?? [];
  const others = (ctx.incumbent?.signature.classes ?? []).filter((name) => !own.includes(name));
  return allClasses([...own, ...others], ctx.gold.truth.map(String));
}

/**
 * Answers of a classifier in numbers of `classes`. Scores are put into the order of the first `known` classes; they are
 * left out (null) when the graph gives none, or names other classes than these.
 */
export function classified(
  gold: GoldRows,
  side: SuiteSide,
  answers: Answers,
  o: { classes: readonly string[]; known: readonly string[] },
): Classified {
  const numbers = new Map(o.classes.map((name, index) => [name, index]));
  const own = side.signature.classes ?? [];
  const order = o.known.map((name) => own.indexOf(name));
  const fits = answers.scores.length === gold.n * own.length && own.length === o.known.length && !order.includes(-1);
  return {
    classes: o.classes,
    known: o.known.length,
    truth: Int32Array.from(gold.truth, (cell) => numbers.get(String(cell)) ?? -1),
    predicted: Int32Array.from(answers.labels, (label) => numbers.get(label) ?? -1),
    scores: fits ? reorder(answers.scores, order) : null,
  };
}

/** What a model answers in numbers or in sets of labels, as figures of weighted units. `rows` picks some of them. */
export function evaluatorOf(ctx: SectionContext, answers: Answers, rows?: readonly number[]): Evaluator {
  const { gold, suite } = ctx;
  const take = <T>(values: ArrayLike<T>): T[] => (rows ? rows.map((row) => values[row] as T) : Array.from(values));
  if (ctx.task === 'multilabel') {
    const labels = ctx.candidate.signature.classes ?? [];
    return multilabelEvaluator(labelRows(ctx, answers, rows), labels);
  }
  const truth = take(gold.truth).map(Number);
  const values = take(valuesOf(ctx, answers));
  if (ctx.task === 'regression') return regressionEvaluator(truth, values, suite.quantiles);
  const queries = take(gold.columns[suite.query ?? ''] ?? []);
  return rankingEvaluator(truth, values, { queries, depths: suite.depths });
}

/** One number a row: what the graph says, or of a classifier that ranks the probability of the class that matters (or the last). */
export function valuesOf({ model, candidate }: Pick<SectionContext, 'model' | 'candidate'>, answers: Answers): ArrayLike<number> {
  if (answers.values) return answers.values;
  const n = answers.labels.length;
  const width = n === 0 ? 0 : answers.scores.length / n;
  const named = (candidate.signature.classes ?? []).indexOf(model.positive ?? '');
  const place = named < 0 ? width - 1 : named;
  return Float64Array.from({ length: n }, (_, row) => answers.scores[row * width + place] ?? Number.NaN);
}

function labelRows({ gold, suite, candidate }: SectionContext, answers: Answers, rows?: readonly number[]): LabelRows {
  const labels = candidate.signature.classes ?? [];
  const picked = rows ?? Array.from({ length: gold.n }, (_, row) => row);
  const [truth, said] = [new Uint8Array(picked.length * labels.length), new Uint8Array(picked.length * labels.length)];
  picked.forEach((row, i) => {
    const own = new Set(labelSet(gold.truth[row] ?? null));
    labels.forEach((label, k) => {
      truth[i * labels.length + k] = Number(own.has(label));
      said[i * labels.length + k] = Number((answers.scores[row * labels.length + k] ?? 0) >= suite.threshold);
    });
  });
  return { n: picked.length, labels: labels.length, truth, said };
}

function reorder(scores: Float32Array, order: readonly number[]): Float32Array {
  // A row that was not answered has no probabilities: nothing was given to any class.
  return Float32Array.from(scores, (_, i) => {
    const row = Math.floor(i / order.length);
    const value = scores[row * order.length + (order[i % order.length] ?? 0)] ?? 0;
    return Number.isNaN(value) ? 0 : value;
  });
}
