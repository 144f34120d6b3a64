import { DomainError } from '#server/errors.ts';
import type { ModelInfo } from '#server/inference/messages.ts';
import type { Item } from '#server/inference/queue.ts';
import { concatTensors, sliceTensor, type Tensor, type Tensors } from '#server/inference/tensors.ts';

/** Requests may share a run when all their inputs have the same shape but for the number of rows. */
export function shapeKeyOf(inputs: Tensors): string {
  let key = '';
  for (const name in inputs) {
    const shape = inputs[name]?.shape;
    key += shape && shape.length > 1 ? `${name}:${shape.slice(1).join('x')};` : `${name};`;
  }
  return key;
}

/** The inputs of several requests as one run. */
export function joinInputs(items: readonly Item[]): Tensors {
  const first = items[0];
  if (!first || items.length === 1) return first?.inputs ?? {};
  const joined: Tensors = {};
  for (const name in first.inputs) joined[name] = concatTensors(items.map((item) => item.inputs[name] as Tensor));
  return joined;
}

/**
 * The rows [from, to) of a run's outputs.
 * @throws DomainError INTERNAL when an output doesn't have one row for each row of the input
 */
export function sliceOutputs(outputs: Tensors, from: number, to: number, total: number): Tensors {
  if (from === 0 && to === total) return outputs;
  const part: Tensors = {};
  for (const name in outputs) {
    const tensor = outputs[name] as Tensor;
    if (tensor.shape[0] !== total) {
      throw new DomainError('INTERNAL', `Output ${name} has ${tensor.shape[0]} rows for ${total} rows of input.`);
    }
    part[name] = sliceTensor(tensor, from, to);
  }
  return part;
}

/** Splits a large request into runs of at most `maxRows` rows; a graph of a fixed batch size gets it whole. */
export function splitRows(inputs: Tensors, rows: number, info: ModelInfo, maxRows: number): { inputs: Tensors; rows: number }[] {
  if (!info.batchable || rows <= maxRows) return [{ inputs, rows }];
  const parts: { inputs: Tensors; rows: number }[] = [];
  for (let from = 0; from < rows; from += maxRows) {
    const to = Math.min(rows, from + maxRows);
    parts.push({ inputs: mapTensors(inputs, from, to), rows: to - from });
  }
  return parts;
}

/** Puts the outputs of the parts of one request together again. */
export function joinOutputs(parts: readonly Tensors[]): Tensors {
  const first = parts[0] ?? {};
  if (parts.length === 1) return first;
  const joined: Tensors = {};
  for (const name of Object.keys(first)) joined[name] = concatTensors(parts.flatMap((part) => part[name] ?? []));
  return joined;
}

function mapTensors(tensors: Tensors, from: number, to: number): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, sliceTensor(tensor, from, to)]));
}
