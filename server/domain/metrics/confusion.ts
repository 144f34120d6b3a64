/**
 * Confusion matrix and what follows from it. Precision = TP / (TP + FP), recall = TP / (TP + FN),
 * F1 = 2 TP / (2 TP + FP + FN). What would be 0/0 is null, never 0: a class that neither occurs nor is predicted has
 * no score.
 */

/** Counts by true class (row) and predicted class (column). */
export type ConfusionMatrix = number[][];

export type ClassScores = {
  support: number;
  predicted: number;
  correct: number;
  precision: number | null;
  recall: number | null;
  f1: number | null;
};

/** Counts pairs of class numbers; both arrays have the same length. */
export function confusionMatrix(truth: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): ConfusionMatrix {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < truth.length; i += 1) {
    const row = matrix[truth[i] ?? -1];
    const column = predicted[i] ?? -1;
    if (row?.[column] !== undefined) row[column] += 1;
  }
  return matrix;
}

/** Share of the diagonal; null when the matrix is empty. */
export function accuracyOf(matrix: ConfusionMatrix): number | null {
  let correct = 0;
  let total = 0;
  matrix.forEach((row, i) => {
    correct += row[i] ?? 0;
    for (const count of row) total += count;
  });
  return ratio(correct, total);
}

/** Precision, recall and F1 of one class. */
export function classScores(matrix: ConfusionMatrix, index: number): ClassScores {
  const correct = matrix[index]?.[index] ?? 0;
  const support = (matrix[index] ?? []).reduce((sum, count) => sum + count, 0);
  const predicted = matrix.reduce((sum, row) => sum + (row[index] ?? 0), 0);
  return {
    support,
    predicted,
    correct,
    precision: ratio(correct, predicted),
    recall: ratio(correct, support),
    f1: ratio(2 * correct, support + predicted),
  };
}

/** Mean of the classes' F1; null when any class has none, because a mean over fewer classes is another figure. */
export function macroF1(matrix: ConfusionMatrix): number | null {
  const scores = matrix.map((_, index) => classScores(matrix, index).f1);
  let sum = 0;
  for (const score of scores) {
    if (score === null) return null;
    sum += score;
  }
  return ratio(sum, scores.length);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
