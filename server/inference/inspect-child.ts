import { readFileSync, statSync } from 'node:fs';
import proto from 'onnx-proto';
import { type Signature, signatureSchema } from '#server/domain/signature.ts';
import { classifierOutputs } from '#server/inference/outputs.ts';
import { openSession, type Session } from '#server/inference/session.ts';
import { allocate, rowSize, type Tensors } from '#server/inference/tensors.ts';

// The main module of the throwaway process in which an uploaded file is opened for the first time. Its parent limits
// its memory and its time, and reads one message.

export type Inspection = { ok: true; signature: Signature; providers: string[] } | { ok: false; reason: string };

const CLASS_ATTRIBUTES = ['classlabels_strings', 'classlabels_int64s', 'classlabels_ints'];
const OWN_PROPERTY = 'stagecraft_signature';
const READ_AT_MOST = 512 * 1024 * 1024;

const path = process.argv[2] ?? '';
process.on('disconnect', () => process.exit(0));
const inspection = await inspect().catch(
  (error: unknown): Inspection => ({ ok: false, reason: error instanceof Error ? error.message : String(error) }),
);
process.send?.(inspection, undefined, undefined, () => process.exit(0));

async function inspect(): Promise<Inspection> {
  const session = await openSession(path, { providers: ['cpu'], threads: 1 });
  const { inputs, outputs, provider } = session.info;
  if (inputs.length === 0) return { ok: false, reason: 'The graph takes no input.' };
  const failure = await tryOneRow(session);
  if (failure) return { ok: false, reason: `The graph loads but fails on one empty row: ${failure}` };
  const model = readModel();
  const own = model && ownSignature(model);
  if (own && sameNames(own.inputs, inputs) && sameNames(own.outputs, outputs)) {
    return { ok: true, signature: { ...own, inputs, outputs }, providers: [provider] };
  }
  const { label, probabilities } = classifierOutputs(outputs);
  const signature: Signature = {
    inputs,
    outputs,
    classes: model && (label || probabilities) ? readClasses(model) : null,
    fields: inputs
      .filter((input) => rowSize(input.shape) === 1)
      .map((input) => ({ name: input.name, kind: input.datatype === 'BYTES' ? ('text' as const) : ('number' as const) })),
  };
  return { ok: true, signature, providers: [provider] };
}

/** Runs the graph once, on an empty row, when all its sizes but the batch are known. */
async function tryOneRow({ info, run }: Session): Promise<string | undefined> {
  if (info.inputs.some((input) => input.shape.slice(1).includes(-1))) return undefined;
  const tensors: Tensors = {};
  for (const { name, datatype, shape } of info.inputs) {
    const whole = shape.map((size) => (size === -1 ? 1 : size));
    tensors[name] = {
      datatype,
      shape: whole,
      data: allocate(
        datatype,
        whole.reduce((product, size) => product * size, 1),
      ),
    };
  }
  try {
    await run(tensors);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Model = ReturnType<typeof proto.onnx.ModelProto.decode>;

function readModel(): Model | null {
  return statSync(path).size > READ_AT_MOST ? null : proto.onnx.ModelProto.decode(readFileSync(path));
}

/** What a graph of our own trainer says of itself: it knows which texts are categories. */
function ownSignature(model: Model): Signature | null {
  const property = model.metadataProps.find((entry) => entry.key === OWN_PROPERTY)?.value;
  if (!property) return null;
  try {
    return signatureSchema.safeParse(JSON.parse(property)).data ?? null;
  } catch {
    return null;
  }
}

function sameNames(a: readonly { name: string }[], b: readonly { name: string }[]): boolean {
  return a.length === b.length && a.every((spec) => b.some((other) => other.name === spec.name));
}

/** The classes in the order of the probabilities: from the property `classes`, or from the classifier node. */
function readClasses(model: Model): string[] | null {
  const property = model.metadataProps.find((entry) => entry.key === 'classes')?.value;
  if (property) return listOf(property);
  for (const node of model.graph?.node ?? []) {
    const found = node.attribute?.find((attribute) => CLASS_ATTRIBUTES.includes(attribute.name ?? ''));
    if (found?.strings?.length) return found.strings.map((bytes) => new TextDecoder().decode(bytes));
    if (found?.ints?.length) return found.ints.map(String);
  }
  return null;
}

function listOf(json: string): string[] | null {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) && value.length > 0 ? value.map(String) : null;
  } catch {
    return null;
  }
}
