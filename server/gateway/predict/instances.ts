import { modelText, type TensorSpec } from '#server/domain/signature.ts';
import { DomainError } from '#server/errors.ts';
import { describe } from '#server/gateway/infer/tensor-json.ts';
import { MAX_ROWS } from '#server/gateway/request.ts';
import type { ServedArm } from '#server/gateway/serving.ts';
import { allocate, rowSize, type Tensors } from '#server/inference/tensors.ts';

export type Instance = Record<string, unknown>;

/**
 * The instances of `POST /v1/predict`: a list, or the one in `instance`.
 * @throws DomainError INVALID when there is none or it is no object, TOO_LARGE beyond 1,000
 */
export function readInstances(body: Record<string, unknown>): Instance[] {
  const given = 'instance' in body ? [body.instance] : body.instances;
  if (!Array.isArray(given) || given.length === 0) {
    throw new DomainError('INVALID', 'Send { "instances": [{ … }] } with at least one instance, or { "instance": { … } }.');
  }
  if (given.length > MAX_ROWS) {
    throw new DomainError('TOO_LARGE', `The request has ${given.length} instances; ${MAX_ROWS} is the most. Send it in parts.`, {
      limit: MAX_ROWS,
    });
  }
  for (let i = 0; i < given.length; i++) {
    if (typeof given[i] !== 'object' || given[i] === null || Array.isArray(given[i])) {
      throw new DomainError('INVALID', `instances[${i}] must be an object of fields, but is ${describe(given[i])}.`);
    }
  }
  return given as Instance[];
}

/**
 * Instances by field name as the tensors of the model, one row an instance. A missing value is `null`; a field that is
 * not there at all, or that the model doesn't know, is an error.
 */
export function instanceInputs(instances: readonly Instance[], arm: ServedArm): Tensors {
  const { inputs } = arm.signature;
  for (let i = 0; i < instances.length; i++) {
    for (const name in instances[i]) {
      if (!inputs.some((input) => input.name === name)) {
        const known = inputs.map((input) => input.name).join(', ');
        throw new DomainError('INVALID', `instances[${i}].${name} is unknown. The model takes: ${known}.`, { field: name });
      }
    }
  }
  const tensors: Tensors = {};
  for (const spec of inputs) tensors[spec.name] = column(spec, instances);
  return tensors;
}

/** An instance as it goes into the prediction log: JSON, texts as the model saw them. */
export function loggedInstance(instance: Instance): string {
  let text = '';
  for (const name in instance) {
    const value = instance[name];
    text += `${text === '' ? '{' : ','}${JSON.stringify(name)}:${JSON.stringify(typeof value === 'string' ? modelText(value) : value)}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

function column(spec: TensorSpec, instances: readonly Instance[]): Tensors[string] {
  const width = rowSize(spec.shape);
  const shape = [instances.length, ...spec.shape.slice(1)];
  const data = allocate(spec.datatype, instances.length * width);
  for (let i = 0; i < instances.length; i++) {
    const value = instances[i]?.[spec.name];
    if (value === undefined) {
      throw new DomainError('INVALID', `instances[${i}].${spec.name} is missing. Send null when it is unknown.`, {
        field: spec.name,
      });
    }
    if (width === 1) {
      put(data, i, spec, value, `instances[${i}].${spec.name}`);
      continue;
    }
    if (!Array.isArray(value) || value.flat(Number.POSITIVE_INFINITY).length !== width) {
      throw new DomainError('INVALID', `instances[${i}].${spec.name} must be a list of ${width} values.`, { field: spec.name });
    }
    const flat = value.flat(Number.POSITIVE_INFINITY) as unknown[];
    for (let j = 0; j < width; j++) put(data, i * width + j, spec, flat[j], `instances[${i}].${spec.name}[${j}]`);
  }
  return { datatype: spec.datatype, shape, data };
}

function put(data: Tensors[string]['data'], at: number, spec: TensorSpec, value: unknown, where: string): void {
  if (Array.isArray(data)) {
    if (typeof value !== 'string' && value !== null) throw wrong(where, 'a text or null', value);
    data[at] = modelText(value);
    return;
  }
  if (spec.datatype === 'BOOL') {
    if (typeof value !== 'boolean') throw wrong(where, 'true or false', value);
    (data as Uint8Array)[at] = Number(value);
    return;
  }
  if (spec.datatype === 'INT64' || spec.datatype === 'INT32') {
    const largest = spec.datatype === 'INT64' ? Number.MAX_SAFE_INTEGER : 2 ** 31 - 1;
    if (!Number.isInteger(value) || Math.abs(value as number) > largest) throw wrong(where, 'a whole number', value);
    if (data instanceof BigInt64Array) data[at] = BigInt(value as number);
    else (data as Int32Array)[at] = value as number;
    return;
  }
  if (typeof value !== 'number' && value !== null) throw wrong(where, 'a number or null', value);
  (data as Float32Array)[at] = value ?? Number.NaN;
}

function wrong(where: string, wanted: string, value: unknown): DomainError {
  return new DomainError('INVALID', `${where} must be ${wanted}, but is ${describe(value)}.`);
}
