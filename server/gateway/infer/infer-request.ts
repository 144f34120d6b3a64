import { z } from 'zod';
import { DomainError } from '#server/errors.ts';
import { readTensor } from '#server/gateway/infer/tensor-json.ts';
import { MAX_ROWS, readEventTime, readRoutingKey } from '#server/gateway/request.ts';
import type { ServedArm } from '#server/gateway/serving.ts';
import type { Tensor, Tensors } from '#server/inference/tensors.ts';

// The body of `POST /v2/models/{name}/infer`, as open_inference_rest.yaml of the protocol has it.

const parameters = z.record(z.string(), z.unknown()).optional();
const inferBody = z.object({
  id: z.string().optional(),
  parameters,
  inputs: z.array(
    z.object({
      name: z.string(),
      shape: z.array(z.number().int().min(0)).min(1),
      datatype: z.string(),
      parameters,
      data: z.array(z.unknown()),
    }),
  ),
  outputs: z.array(z.object({ name: z.string(), parameters })).optional(),
});
export type InferBody = z.infer<typeof inferBody>;

/** @throws DomainError INVALID that names the first thing that is not as the protocol says */
export function parseInferBody(body: unknown): InferBody {
  const parsed = inferBody.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') || 'the body';
  throw new DomainError('INVALID', `${where}: ${issue?.message ?? 'not an inference request'}`);
}

/** What the caller wants to have done with the request, from its parameters. */
export function inferOptions(body: InferBody): { routingKey: string | null; eventTime: string | null } {
  const given = body.parameters ?? {};
  return {
    routingKey: readRoutingKey(given.routing_key ?? given.sequence_id ?? given.sequence),
    eventTime: readEventTime(given.event_time),
  };
}

/** The tensors of a request as the model takes them, all with the same number of rows. */
export function inferInputs(body: InferBody, arm: ServedArm): { inputs: Tensors; rows: number } {
  const specs = new Map(arm.signature.inputs.map((spec) => [spec.name, spec]));
  const inputs: Tensors = {};
  for (const given of body.inputs) {
    const spec = specs.get(given.name);
    if (!spec) throw invalid(`The model has no input ${given.name}. It takes: ${[...specs.keys()].join(', ')}.`);
    if (inputs[given.name]) throw invalid(`Input ${given.name} is there twice.`);
    inputs[given.name] = readTensor(given, spec);
  }
  const missing = [...specs.keys()].filter((name) => !inputs[name]);
  if (missing.length > 0) throw invalid(`Inputs are missing: ${missing.join(', ')}.`);
  return { inputs, rows: commonRows(inputs) };
}

/** @throws DomainError INVALID for an output that the model doesn't have */
export function chosenOutputs(body: InferBody, arm: ServedArm): string[] {
  const names = arm.signature.outputs.map((output) => output.name);
  if (!body.outputs || body.outputs.length === 0) return names;
  return body.outputs.map(({ name }) => {
    if (!names.includes(name)) throw invalid(`The model has no output ${name}. It gives: ${names.join(', ')}.`);
    return name;
  });
}

/** Row `row` of the inputs, as it goes into the prediction log. */
export function inputRow(inputs: Tensors, row: number): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, tensor] of Object.entries(inputs)) values[name] = rowValue(tensor, row);
  return values;
}

function rowValue(tensor: Tensor, row: number): unknown {
  const width = tensor.data.length / (tensor.shape[0] ?? 1);
  const values = Array.from(tensor.data.slice(row * width, (row + 1) * width) as unknown as ArrayLike<unknown>, (value) => {
    if (typeof value === 'bigint') return Number(value);
    return typeof value === 'number' && !Number.isFinite(value) ? null : value;
  });
  return width === 1 ? values[0] : values;
}

function commonRows(inputs: Tensors): number {
  const sizes = new Set(Object.values(inputs).map((tensor) => tensor.shape[0] ?? 0));
  const rows = [...sizes][0] ?? 0;
  if (sizes.size > 1) throw invalid(`The inputs differ in their number of rows: ${[...sizes].join(', ')}.`);
  if (rows === 0) throw invalid('The request has no rows.');
  if (rows > MAX_ROWS) {
    throw new DomainError('TOO_LARGE', `The request has ${rows} rows; ${MAX_ROWS} is the most. Send it in parts.`, {
      limit: MAX_ROWS,
    });
  }
  return rows;
}

function invalid(message: string): DomainError {
  return new DomainError('INVALID', message);
}
