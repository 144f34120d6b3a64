import { availableParallelism } from 'node:os';
import { config } from '#server/config.ts';
import type { Signature } from '#server/domain/signature.ts';
import { DomainError } from '#server/errors.ts';
import { type InspectLimits, inspectFile } from '#server/inference/inspect.ts';
import type { Inspection } from '#server/inference/inspect-child.ts';
import { readAll } from '#server/inference/outputs.ts';
import { InferencePool } from '#server/inference/pool.ts';
import { columnTensor, rowSize, type Tensors } from '#server/inference/tensors.ts';
import { log } from '#server/log.ts';

export type Columns = Record<string, readonly (string | number | null)[]>;
export type Scores = { labels: string[]; probabilities: Float32Array };

const IDLE_MS = 30_000;
const BATCH_ROWS = 256;
const BATCH_TIMEOUT_MS = 120_000;

let pool: InferencePool | undefined;
const users = new Map<string, number>();
let idle: NodeJS.Timeout | undefined;

/**
 * Runs a graph over whole columns, in a child process of this one: for evaluations, and to try one input. The child
 * starts with the first call and ends after half a minute of rest.
 * @returns labels [n] and probabilities [n, K] row by row, K in the order of `signature.classes`; empty when the graph gives none
 * @throws DomainError INVALID when a column that the graph wants is missing, UNSUPPORTED when the file can't be loaded
 */
export async function scoreColumns(o: {
  modelPath: string;
  signature: Signature;
  columns: Columns;
  n: number;
  batchSize?: number;
  signal?: AbortSignal;
}): Promise<Scores> {
  for (const spec of o.signature.inputs) requireColumn(spec.name, rowSize(spec.shape), o.columns, o.n);
  return withPool(o.modelPath, async (workers) => {
    const info = await workers.load(o.modelPath, o.modelPath);
    const size = info.batchable ? (o.batchSize ?? BATCH_ROWS) : Math.abs(o.signature.inputs[0]?.shape[0] ?? 1);
    const labels: string[] = [];
    const parts: Float32Array[] = [];
    for (let from = 0; from < o.n; from += size) {
      o.signal?.throwIfAborted();
      const to = Math.min(o.n, from + size);
      const inputs: Tensors = {};
      for (const spec of o.signature.inputs) inputs[spec.name] = columnTensor(spec, (o.columns[spec.name] ?? []).slice(from, to));
      const answer = await workers.run(o.modelPath, inputs, to - from, { timeoutMs: BATCH_TIMEOUT_MS });
      const part = readAll(answer.outputs, o.signature, to - from);
      labels.push(...part.labels);
      parts.push(part.probabilities);
    }
    return { labels, probabilities: concat(parts) };
  });
}

function requireColumn(name: string, width: number, columns: Columns, n: number): void {
  if (width !== 1)
    throw new DomainError('INVALID', `Input ${name} takes ${width} numbers a row, so no single column can feed it.`);
  const column = columns[name];
  if (!column) throw new DomainError('INVALID', `The model needs the column ${name}, which isn't there.`, { column: name });
  if (column.length < n) throw new DomainError('INVALID', `Column ${name} has ${column.length} rows of ${n}.`, { column: name });
}

async function withPool<T>(model: string, work: (workers: InferencePool) => Promise<T>): Promise<T> {
  clearTimeout(idle);
  pool ??= new InferencePool({
    workers: 1,
    providers: config.executionProviders,
    threads: Math.max(1, availableParallelism() - 1),
    maxBatch: 4 * BATCH_ROWS,
    hangMs: BATCH_TIMEOUT_MS,
    log: log.child({ part: 'inference' }),
  });
  const mine = pool;
  users.set(model, (users.get(model) ?? 0) + 1);
  try {
    return await work(mine);
  } finally {
    const left = (users.get(model) ?? 1) - 1;
    users.set(model, left);
    if (left === 0) {
      users.delete(model);
      mine.unload(model);
    }
    if (users.size === 0) {
      idle = setTimeout(() => void closeClient(), IDLE_MS);
      idle.unref();
    }
  }
}

/** Opens an uploaded file in a throwaway process with limits: its signature, or why it can't be served. */
export function inspectModel(path: string, limits?: InspectLimits): Promise<Inspection> {
  return inspectFile(path, limits);
}

/** Ends the child process now; the next call starts another. */
export async function closeClient(): Promise<void> {
  clearTimeout(idle);
  const ending = pool;
  pool = undefined;
  await ending?.close();
}

function concat(parts: Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
