import { LABEL_OUTPUT, PROBABILITIES_OUTPUT, type Signature, type TensorSpec } from '#server/domain/signature.ts';
import type { Tensor, Tensors } from '#server/inference/tensors.ts';

/** Which outputs of a graph carry the chosen class and the probabilities; each may be missing. */
export type ClassifierOutputs = { label: TensorSpec | undefined; probabilities: TensorSpec | undefined };

/** Finds them by name (as the built-in trainer and most exporters write them), or else by their form. */
export function classifierOutputs(outputs: readonly TensorSpec[]): ClassifierOutputs {
  const label =
    outputs.find((output) => output.name === LABEL_OUTPUT || output.name === 'output_label') ??
    outputs.find((output) => isList(output) && (output.datatype === 'BYTES' || output.datatype === 'INT64'));
  const probabilities =
    outputs.find((output) => output.name === PROBABILITIES_OUTPUT || output.name === 'output_probability') ??
    outputs.find((output) => output.shape.length === 2 && (output.datatype === 'FP32' || output.datatype === 'FP64'));
  return { label, probabilities };
}

function isList(output: TensorSpec): boolean {
  return output.shape.length === 1 || (output.shape.length === 2 && output.shape[1] === 1);
}

export type Classified = { label: string | null; confidence: number | null; probabilities: Record<string, number> | null };

/**
 * Reads row `row` of a classifier's answer: the class, its probability, and all probabilities by class. Without a
 * label output the class is the one with the highest probability.
 */
export function readRow(outputs: Tensors, found: ClassifierOutputs, classes: readonly string[] | null, row: number): Classified {
  const scores = found.probabilities && rowOf(outputs[found.probabilities.name], row);
  const named = scores && classes && classes.length === scores.length ? classes : null;
  let best = 0;
  if (scores) for (let i = 1; i < scores.length; i++) if ((scores[i] ?? 0) > (scores[best] ?? 0)) best = i;
  const label = found.label ? String(outputs[found.label.name]?.data[row]) : (named?.[best] ?? null);
  if (!scores) return { label, confidence: null, probabilities: null };
  if (!named) return { label, confidence: scores[best] ?? null, probabilities: null };
  const probabilities: Record<string, number> = {};
  for (let i = 0; i < named.length; i++) probabilities[named[i] as string] = scores[i] ?? 0;
  return { label, confidence: (label === null ? scores[best] : probabilities[label]) ?? null, probabilities };
}

/** The output with one number a row, of a graph that names no classes: a predicted quantity or a score. */
export function valueOutput(outputs: readonly TensorSpec[]): TensorSpec | undefined {
  return outputs.find((output) => isList(output) && output.datatype !== 'BYTES' && output.datatype !== 'BOOL');
}

/** All rows of an answer without classes: one number a row; NaN where the graph gives none. */
export function readValues(outputs: Tensors, signature: Signature, n: number): Float64Array {
  const spec = valueOutput(signature.outputs);
  const data = spec && outputs[spec.name]?.data;
  return Float64Array.from({ length: n }, (_, row) => Number(data?.[row] ?? Number.NaN));
}

/** All rows of an answer: labels [n] and probabilities [n, K] in the order of the signature's classes (empty when the graph gives none). */
export function readAll(outputs: Tensors, signature: Signature, n: number): { labels: string[]; probabilities: Float32Array } {
  const found = classifierOutputs(signature.outputs);
  const labels = Array.from({ length: n }, (_, row) => readRow(outputs, found, signature.classes, row).label ?? '');
  const tensor = found.probabilities && outputs[found.probabilities.name];
  return { labels, probabilities: tensor ? Float32Array.from(tensor.data as Float32Array) : new Float32Array(0) };
}

function rowOf(tensor: Tensor | undefined, row: number): number[] | undefined {
  if (!tensor || tensor.datatype === 'BYTES') return undefined;
  const width = tensor.shape[1] ?? 1;
  const values: number[] = [];
  for (let i = row * width; i < (row + 1) * width; i++) values.push(Number(tensor.data[i]));
  return values;
}
