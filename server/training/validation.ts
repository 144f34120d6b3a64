/** The part of the training rows that only judges, and what is written about it after each step. */
import { createRandom } from '../domain/random.ts';

/** Fewer rows than this are all needed for training; nothing is set aside. */
const ROWS_FOR_VALIDATION = 50;

/**
 * Splits rows by class, so that every class keeps its share on both sides, at least one row of it in training.
 * @returns row numbers, both in rising order
 */
export function splitValidation(
  labels: Int32Array,
  o: { classes: number; share: number; seed: number },
): { train: number[]; validation: number[] } {
  const rows = Array.from(labels, (_, row) => row);
  if (labels.length < ROWS_FOR_VALIDATION || o.share <= 0) return { train: rows, validation: [] };
  const random = createRandom(o.seed);
  const isValidation = new Uint8Array(labels.length);
  for (let k = 0; k < o.classes; k += 1) {
    const own = random.shuffle(rows.filter((row) => labels[row] === k));
    const count = Math.min(Math.round(own.length * o.share), own.length - 1);
    for (const row of own.slice(0, count)) isValidation[row] = 1;
  }
  return { train: rows.filter((row) => !isValidation[row]), validation: rows.filter((row) => isValidation[row]) };
}

/** Each row's weight: 1, or n / (K * rows of its class), as scikit-learn's `balanced`. */
export function classWeights(labels: Int32Array, classes: number, kind: 'none' | 'balanced'): Float64Array {
  if (kind === 'none') return new Float64Array(labels.length).fill(1);
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return Float64Array.from(labels, (label) => labels.length / (classes * (counts[label] ?? 1)));
}

/** Weighted mean of -ln p of the true class. */
export function meanLoss(probabilities: Float64Array, labels: Int32Array, weights: Float64Array): number {
  const classes = probabilities.length / labels.length;
  let sum = 0;
  let total = 0;
  labels.forEach((label, row) => {
    const p = probabilities[row * classes + label] ?? 0;
    const weight = weights[row] ?? 1;
    sum -= weight * Math.log(Math.max(p, Number.MIN_VALUE));
    total += weight;
  });
  return sum / total;
}
