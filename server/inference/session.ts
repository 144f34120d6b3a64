import ort from 'onnxruntime-node';
import type { ExecutionProvider } from '#server/config.ts';
import type { TensorSpec } from '#server/domain/signature.ts';
import type { ModelInfo, Refusal } from '#server/inference/messages.ts';
import type { Datatype, Tensor, TensorData, Tensors } from '#server/inference/tensors.ts';

// The one file that imports onnxruntime-node. Only child processes load it: a graph that crashes the runtime then
// takes a child along and nothing else.

const DATATYPES: Partial<Record<string, Datatype>> = {
  string: 'BYTES',
  float32: 'FP32',
  float64: 'FP64',
  int64: 'INT64',
  int32: 'INT32',
  bool: 'BOOL',
};
const ORT_TYPES = {
  BYTES: 'string',
  FP32: 'float32',
  FP64: 'float64',
  INT64: 'int64',
  INT32: 'int32',
  BOOL: 'bool',
} as const satisfies Record<Datatype, string>;

export type Session = { info: ModelInfo; run(inputs: Tensors): Promise<Tensors>; close(): Promise<void> };

export type OpenOptions = {
  providers: readonly ExecutionProvider[];
  threads: number;
  /** Told before each attempt, so that a provider that kills the process is known by name. */
  onTry?: (provider: ExecutionProvider) => Promise<void>;
};

/**
 * Loads a graph with the first provider that takes it.
 * @throws Error in plain words when none does, or when an input or output has a form that can't be served.
 */
export async function openSession(path: string, options: OpenOptions): Promise<Session> {
  const refusals: Refusal[] = [];
  for (const provider of options.providers) {
    const reason = unavailable(provider);
    if (reason) {
      refusals.push({ provider, reason });
      continue;
    }
    await options.onTry?.(provider);
    try {
      const session = await ort.InferenceSession.create(path, {
        executionProviders: [provider],
        intraOpNumThreads: options.threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
        logSeverityLevel: 4,
      });
      return wrap(session, { provider, refusals });
    } catch (error) {
      refusals.push({ provider, reason: plainReason(error) });
    }
  }
  const last = refusals.at(-1);
  throw new Error(last ? last.reason : 'no execution provider is configured');
}

function unavailable(provider: ExecutionProvider): string | undefined {
  const backends = ort.listSupportedBackends();
  const backend = backends.find(({ name }) => name === provider);
  if (!backend) return `this build of ONNX Runtime has no ${provider} provider`;
  if (!backend.bundled) return `the ${provider} files of ONNX Runtime are not installed`;
  return undefined;
}

function wrap(session: ort.InferenceSession, chosen: { provider: ExecutionProvider; refusals: Refusal[] }): Session {
  const inputs = session.inputMetadata.map((value) => specOf(value, 'Input'));
  const outputs = session.outputMetadata.map((value) => specOf(value, 'Output'));
  const batchable = [...inputs, ...outputs].every((spec) => spec.shape[0] === -1);
  return {
    info: { ...chosen, inputs, outputs, batchable },
    run: async (tensors) => {
      const feeds: Record<string, ort.Tensor> = {};
      for (const [name, tensor] of Object.entries(tensors)) feeds[name] = toOrt(tensor);
      const answers = await session.run(feeds);
      const result: Tensors = {};
      for (const spec of outputs) {
        const answer = answers[spec.name];
        if (answer) result[spec.name] = { datatype: spec.datatype, shape: [...answer.dims], data: answer.data as TensorData };
      }
      return result;
    },
    close: () => session.release(),
  };
}

function toOrt(tensor: Tensor): ort.Tensor {
  return new ort.Tensor(ORT_TYPES[tensor.datatype] as 'float32', tensor.data as Float32Array, tensor.shape);
}

function specOf(value: ort.InferenceSession.ValueMetadata, kind: 'Input' | 'Output'): TensorSpec {
  if (!value.isTensor) {
    throw new Error(
      `${kind} ${value.name} is not a tensor but a list or map. Export the model with plain tensors (scikit-learn: zipmap=False).`,
    );
  }
  const datatype = DATATYPES[value.type];
  if (!datatype) throw new Error(`${kind} ${value.name} has the type ${value.type}, which can't be served.`);
  return { name: value.name, datatype, shape: value.shape.map((size) => (typeof size === 'number' ? size : -1)) };
}

/** The runtime's message without its file paths and line numbers. */
function plainReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const plain = text
    .replace(/^.* was false\. /s, '')
    .replace(/\/[^\s:]+\/([^/\s:]+)/g, '$1')
    .trim();
  return plain.length > 400 ? `${plain.slice(0, 400)}…` : plain;
}
