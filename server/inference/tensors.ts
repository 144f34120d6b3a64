import { modelText, type TensorSpec } from '#server/domain/signature.ts';

export type Datatype = TensorSpec['datatype'];
export type TensorData = string[] | Float32Array | Float64Array | BigInt64Array | Int32Array | Uint8Array;

/** One tensor in row-major order. The first dimension is the batch: rows of one request, or of many joined. */
export type Tensor = { datatype: Datatype; shape: number[]; data: TensorData };
export type Tensors = Record<string, Tensor>;

/** How many values one row of the tensor holds. */
export function rowSize(shape: readonly number[]): number {
  let size = 1;
  for (let i = 1; i < shape.length; i++) size *= shape[i] ?? 1;
  return size;
}

/** Room for `size` values of a datatype (BYTES is an array of strings). */
export function allocate(datatype: Datatype, size: number): TensorData {
  switch (datatype) {
    case 'BYTES':
      return new Array<string>(size).fill('');
    case 'FP32':
      return new Float32Array(size);
    case 'FP64':
      return new Float64Array(size);
    case 'INT64':
      return new BigInt64Array(size);
    case 'INT32':
      return new Int32Array(size);
    case 'BOOL':
      return new Uint8Array(size);
  }
}

/** Joins tensors of one datatype and one row shape along the batch. */
export function concatTensors(tensors: readonly Tensor[]): Tensor {
  const first = tensors[0];
  if (!first) throw new Error('There is no tensor to join.');
  if (tensors.length === 1) return first;
  const rows = tensors.reduce((sum, tensor) => sum + (tensor.shape[0] ?? 0), 0);
  const shape = [rows, ...first.shape.slice(1)];
  if (first.datatype === 'BYTES') {
    const texts: string[] = [];
    for (const tensor of tensors) for (const text of tensor.data as string[]) texts.push(text);
    return { datatype: 'BYTES', shape, data: texts };
  }
  const data = allocate(first.datatype, rows * rowSize(first.shape)) as Float32Array;
  let offset = 0;
  for (const tensor of tensors) {
    data.set(tensor.data as Float32Array, offset);
    offset += tensor.data.length;
  }
  return { datatype: first.datatype, shape, data };
}

/** The rows [from, to) of a tensor, as a view or copy that owns nothing else. */
export function sliceTensor(tensor: Tensor, from: number, to: number): Tensor {
  const size = rowSize(tensor.shape);
  const data = tensor.data.slice(from * size, to * size) as TensorData;
  const shape = tensor.shape.slice();
  shape[0] = to - from;
  return { datatype: tensor.datatype, shape, data };
}

/**
 * A column of a table as the tensor that a graph wants: `null` becomes NaN for floats, 0 for whole numbers and the
 * empty string for text, which is what the built-in graphs read as missing.
 * @param spec input whose row holds exactly one value, so of shape [-1] or [-1, 1]
 */
export function columnTensor(spec: TensorSpec, values: readonly (string | number | null)[]): Tensor {
  const shape = [values.length, ...spec.shape.slice(1)];
  if (rowSize(shape) !== 1) throw new Error(`Input ${spec.name} takes ${rowSize(shape)} values a row, a column gives one.`);
  if (spec.datatype === 'BYTES') {
    return { datatype: 'BYTES', shape, data: values.map((value) => modelText(value === null ? null : String(value))) };
  }
  const data = allocate(spec.datatype, values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const number = value === null || value === '' ? Number.NaN : Number(value);
    if (data instanceof BigInt64Array) data[i] = Number.isFinite(number) ? BigInt(Math.trunc(number)) : 0n;
    else (data as Float32Array)[i] = number;
  }
  return { datatype: spec.datatype, shape, data };
}
