/**
 * Figures of one classifier from counts: tp, support and answers of each class. F1 = 2 TP / (2 TP + FP + FN); macro is the
 * plain mean of the classes, weighted the mean by support, micro pools them (with one answer a row that is accuracy).
 * Balanced accuracy is the mean recall. MCC for many classes: J. Gorodkin, Comput. Biol. Chem. 28 (2004) 367-374,
 * (c s - p·t) / sqrt((s² - p·p)(s² - t·t)). What would be 0/0 is NaN, never 0.
 */
export type ClassCounts = { n: number; correct: number; tp: Float64Array; support: Float64Array; predicted: Float64Array };

export function emptyCounts(classes: number): ClassCounts {
  const zeros = () => new Float64Array(classes);
  return { n: 0, correct: 0, tp: zeros(), support: zeros(), predicted: zeros() };
}

/** Cells by true class and the answers of each model, as `groupCells` makes them: fills `into` from counts of one model. */
export function countClasses(
  counts: Float64Array,
  cells: { truth: Int32Array; answer: Int32Array },
  into: ClassCounts,
): ClassCounts {
  into.n = 0;
  into.correct = 0;
  into.tp.fill(0);
  into.support.fill(0);
  into.predicted.fill(0);
  for (let c = 0; c < counts.length; c += 1) {
    const count = counts[c] as number;
    if (count === 0) continue;
    const own = cells.truth[c] as number;
    const said = cells.answer[c] as number;
    into.n += count;
    into.support[own] = (into.support[own] as number) + count;
    if (said >= 0) into.predicted[said] = (into.predicted[said] as number) + count;
    if (said !== own) continue;
    into.correct += count;
    into.tp[own] = (into.tp[own] as number) + count;
  }
  return into;
}

/** Single figures in this order. */
export const CLASS_AVERAGES = [
  'accuracy',
  'macro_f1',
  'weighted_f1',
  'micro_f1',
  'macro_precision',
  'macro_recall',
  'balanced_accuracy',
  'mcc',
] as const;
export type ClassAverage = (typeof CLASS_AVERAGES)[number];

/** Writes the averages into `out` from place `at`, in the order of `CLASS_AVERAGES`. */
export function writeAverages(counts: ClassCounts, out: Float64Array, at = 0): void {
  const { n, correct, tp, support, predicted } = counts;
  const k = tp.length;
  let [f1, weighted, precision, recall, dot, pp, tt, occurring, recallOfOccurring] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < k; i += 1) {
    const [hit, own, said] = [tp[i] as number, support[i] as number, predicted[i] as number];
    f1 += (2 * hit) / (own + said);
    if (own > 0) {
      weighted += (own * 2 * hit) / (own + said);
      occurring += 1;
      recallOfOccurring += hit / own;
    }
    precision += hit / said;
    recall += hit / own;
    dot += own * said;
    pp += said * said;
    tt += own * own;
  }
  out[at] = correct / n;
  out[at + 1] = f1 / k;
  out[at + 2] = weighted / n;
  out[at + 3] = correct / n;
  out[at + 4] = precision / k;
  out[at + 5] = recall / k;
  out[at + 6] = recallOfOccurring / occurring;
  out[at + 7] = (correct * n - dot) / Math.sqrt((n * n - pp) * (n * n - tt));
}

/** F1 of one class; NaN when it neither occurs nor is answered. */
export function f1Of(counts: ClassCounts, index: number): number {
  return (2 * (counts.tp[index] as number)) / ((counts.support[index] as number) + (counts.predicted[index] as number));
}
