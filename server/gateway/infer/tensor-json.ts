import { modelText, type TensorSpec } from '#server/domain/signature.ts';
import { DomainError } from '#server/errors.ts';
import { allocate, type Tensor } from '#server/inference/tensors.ts';

// Tensors as the Open Inference Protocol writes them in JSON: `data` nested by dimension or flat, in row-major order.

type Given = { name: string; datatype: string; shape: number[]; data: unknown[] };

/**
 * Reads one input tensor and checks it against what the model takes.
 * @throws DomainError INVALID that names the input, what it should be and what it is
 */
export function readTensor(given: Given, spec: TensorSpec): Tensor {
  if (given.datatype !== spec.datatype) {
    throw invalid(given.name, `has the datatype ${given.datatype}; the model takes ${spec.datatype}`);
  }
  const shape = matchShape(given, spec);
  const size = shape.reduce((product, length) => product * length, 1);
  const flat = given.data.some(Array.isArray) ? (given.data.flat(Number.POSITIVE_INFINITY) as unknown[]) : given.data;
  if (flat.length !== size) {
    throw invalid(given.name, `has ${flat.length} values; its shape [${given.shape.join(', ')}] needs ${size}`);
  }
  return { datatype: spec.datatype, shape, data: readData(given.name, spec.datatype, flat) };
}

/** The values of a tensor as JSON; 64-bit integers beyond the safe range become strings, as JSON has no form for them. */
export function writeData(tensor: Tensor): (string | number | boolean | null)[] {
  if (tensor.datatype === 'BYTES') return tensor.data as string[];
  if (tensor.datatype === 'BOOL') return Array.from(tensor.data as Uint8Array, (value) => value !== 0);
  if (tensor.datatype === 'FP32') return Array.from(tensor.data as Float32Array, shortFloat);
  if (tensor.datatype === 'INT64') return Array.from(tensor.data as BigInt64Array, safeInteger);
  return Array.from(tensor.data as Float64Array, (value) => (Number.isFinite(value) ? value : null));
}

/** The shortest decimal that is the same 32-bit float; null for what JSON can't say. */
export function shortFloat(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  const short = Number(value.toPrecision(7));
  return Math.fround(short) === value ? short : Number(value.toPrecision(9));
}

function safeInteger(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function matchShape(given: Given, spec: TensorSpec): number[] {
  const wanted = spec.shape;
  // Many clients write a list of n texts as [n, 1]: a trailing 1 more or less says the same.
  const shape = [...given.shape];
  while (shape.length > wanted.length && shape.at(-1) === 1) shape.pop();
  while (shape.length < wanted.length && wanted[shape.length] === 1) shape.push(1);
  const fits = shape.length === wanted.length && wanted.every((size, i) => size === -1 || size === shape[i]);
  if (!fits) {
    throw invalid(
      given.name,
      `has the shape [${given.shape.join(', ')}]; the model takes [${wanted.join(', ')}], where -1 is any size`,
    );
  }
  return shape;
}

function readData(name: string, datatype: TensorSpec['datatype'], flat: unknown[]): Tensor['data'] {
  if (datatype === 'BYTES')
    return flat.map((value, i) => (typeof value === 'string' ? modelText(value) : wrong(name, i, 'a string', value)));
  const data = allocate(datatype, flat.length);
  for (let i = 0; i < flat.length; i++) {
    const value = flat[i];
    if (data instanceof BigInt64Array) data[i] = readInt64(name, i, value);
    else (data as Float32Array)[i] = readNumber(name, i, datatype, value);
  }
  return data;
}

function readNumber(name: string, i: number, datatype: TensorSpec['datatype'], value: unknown): number {
  if (datatype === 'BOOL') return typeof value === 'boolean' ? Number(value) : wrong(name, i, 'true or false', value);
  if (datatype === 'INT32') {
    return typeof value === 'number' && (value | 0) === value ? value : wrong(name, i, 'a whole number of 32 bits', value);
  }
  if (value === null) return Number.NaN;
  return typeof value === 'number' ? value : wrong(name, i, 'a number, or null for a missing one', value);
}

function readInt64(name: string, i: number, value: unknown): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === 'string' && /^-?\d{1,19}$/.test(value)) return BigInt.asIntN(64, BigInt(value));
  return wrong(name, i, 'a whole number', value);
}

function wrong(name: string, i: number, wanted: string, value: unknown): never {
  throw invalid(name, `must hold ${wanted} at place ${i}, but has ${describe(value)}`);
}

/** A value as an error message shows it, cut short. */
export function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function invalid(input: string, rest: string): DomainError {
  return new DomainError('INVALID', `Input ${input} ${rest}.`, { input });
}
