/**
 * Multinomial logistic regression: minimises
 *   (1/n) * [ sum_i w_i * -ln p(y_i | x_i) + (l2 / 2) * |W|^2 ],   p = softmax(x W + b), b not penalised.
 * Two classes use one column of weights (the sigmoid), more use one a class. Both are scikit-learn's
 * LogisticRegression with C = 1 / l2.
 */
import type { SparseMatrix } from './sparse.ts';

/** Weights by feature, row by row [features x outputs], then `outputs` intercepts. */
export type LogisticModel = { features: number; classes: number; outputs: number; parameters: Float64Array };

export function emptyModel(features: number, classes: number): LogisticModel {
  const outputs = classes === 2 ? 1 : classes;
  return { features, classes, outputs, parameters: new Float64Array((features + 1) * outputs) };
}

/** Class probabilities, row by row [rows x classes]. */
export function probabilities(model: LogisticModel, matrix: SparseMatrix): Float64Array {
  const result = new Float64Array(matrix.rows * model.classes);
  const logits = new Float64Array(model.classes);
  for (let row = 0; row < matrix.rows; row += 1) {
    rowLogits(model, model.parameters, matrix, row, logits);
    softmax(logits);
    result.set(logits, row * model.classes);
  }
  return result;
}

/** The objective above and its gradient, for the optimiser. `weights` has one weight a row. */
export function logisticObjective(
  model: LogisticModel,
  data: { matrix: SparseMatrix; labels: Int32Array; weights: Float64Array; l2: number },
): (parameters: Float64Array, gradient: Float64Array) => number {
  const { matrix, labels, weights, l2 } = data;
  const { outputs, classes, features } = model;
  const logits = new Float64Array(classes);
  const penalised = features * outputs;
  // With two classes the single logit belongs to class 1.
  const shift = classes - outputs;
  return (parameters, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let row = 0; row < matrix.rows; row += 1) {
      rowLogits(model, parameters, matrix, row, logits);
      const label = labels[row] as number;
      const weight = weights[row] as number;
      loss += weight * (softmax(logits, label) as number);
      const from = matrix.start[row] as number;
      const to = matrix.start[row + 1] as number;
      for (let k = 0; k < outputs; k += 1) {
        const target = label === k + shift ? 1 : 0;
        const residual = weight * ((logits[k + shift] as number) - target);
        gradient[penalised + k] = (gradient[penalised + k] as number) + residual;
        for (let i = from; i < to; i += 1) {
          const at = (matrix.indices[i] as number) * outputs + k;
          gradient[at] = (gradient[at] as number) + residual * (matrix.values[i] as number);
        }
      }
    }
    let squares = 0;
    const scale = 1 / matrix.rows;
    for (let i = 0; i < penalised; i += 1) {
      const w = parameters[i] as number;
      squares += w * w;
      gradient[i] = ((gradient[i] as number) + l2 * w) * scale;
    }
    for (let k = 0; k < outputs; k += 1) gradient[penalised + k] = (gradient[penalised + k] as number) * scale;
    return (loss + 0.5 * l2 * squares) * scale;
  };
}

function rowLogits(
  model: LogisticModel,
  parameters: Float64Array,
  matrix: SparseMatrix,
  row: number,
  logits: Float64Array,
): void {
  const { outputs, classes, features } = model;
  const shift = classes - outputs;
  const from = matrix.start[row] as number;
  const to = matrix.start[row + 1] as number;
  logits[0] = 0;
  for (let k = 0; k < outputs; k += 1) {
    let sum = parameters[features * outputs + k] as number;
    for (let i = from; i < to; i += 1) {
      sum += (matrix.values[i] as number) * (parameters[(matrix.indices[i] as number) * outputs + k] as number);
    }
    logits[k + shift] = sum;
  }
}

/** Softmax in place; returns -ln p of `label` (0 without one), computed without overflow. */
function softmax(logits: Float64Array, label = -1): number {
  let max = Number.NEGATIVE_INFINITY;
  for (const logit of logits) max = Math.max(max, logit);
  const own = label < 0 ? 0 : (logits[label] as number);
  let total = 0;
  for (let k = 0; k < logits.length; k += 1) {
    const e = Math.exp((logits[k] as number) - max);
    logits[k] = e;
    total += e;
  }
  for (let k = 0; k < logits.length; k += 1) logits[k] = (logits[k] as number) / total;
  return label < 0 ? 0 : Math.log(total) + max - own;
}
