import { availableParallelism } from 'node:os';
import { config } from '#server/config.ts';
import type { Signature } from '#server/domain/signature.ts';
import { DomainError, isDomainError, messageOf } from '#server/errors.ts';
import { type InspectLimits, inspectFile } from '#server/inference/inspect.ts';
import type { Inspection } from '#server/inference/inspect-child.ts';
import { readAll, readValues } from '#server/inference/outputs.ts';
import { InferencePool } from '#server/inference/pool.ts';
import { columnTensor, rowSize, type Tensors } from '#server/inference/tensors.ts';
import { log } from '#server/log.ts';

export type Columns = Record<string, readonly (string | number | null)[]>;
/** `values` [n] only of a graph without classes. */
export type Scores = { labels: string[]; probabilities: Float32Array; values?: Float64Array };

const IDLE_MS = 30_000;
const BATCH_ROWS = 256;
const BATCH_TIMEOUT_MS = 120_000;

let pool: InferencePool | undefined;
const users = new Map<string, number>();
let idle: NodeJS.Timeout | undefined;

/**
 * Runs a graph over whole columns, in a child process of this one: for evaluations, and to try one input. The child
 * starts with the first call and ends after half a minute of rest.
 * @param o.onFailedRow gets each row that the graph fails on; its answer is then empty (label '', NaN). Without it the first failure is thrown.
 * @param o.onProgress told after each batch how many rows are done
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
  onFailedRow?: (row: number, reason: string) => void;
  onProgress?: (done: number) => void;
}): Promise<Scores> {
  requireColumns(o);
  return withPool(o.modelPath, async (workers) => {
    const info = await workers.load(o.modelPath, o.modelPath);
    const size = info.batchable ? (o.batchSize ?? BATCH_ROWS) : fixedBatch(o.signature);
    const run = async (from: number, to: number): Promise<Part> => {
      const answer = await workers.run(o.modelPath, slice(o, from, to), to - from, { timeoutMs: BATCH_TIMEOUT_MS });
      return partOf(answer.outputs, o.signature, to - from);
    };
    const parts: Part[] = [];
    for (let from = 0; from < o.n; from += size) {
      o.signal?.throwIfAborted();
      const to = Math.min(o.n, from + size);
      parts.push(
        ...(await (o.onFailedRow
          ? runApart(run, { from, to, signature: o.signature, onFailedRow: o.onFailedRow })
          : [await run(from, to)])),
      );
      o.onProgress?.(to);
    }
    const values = parts.some((part) => part.values)
      ? {
          values: concat(
            parts.map((part) => part.values),
            Float64Array,
          ),
        }
      : {};
    return {
      labels: parts.flatMap((part) => part.labels),
      probabilities: concat(
        parts.map((part) => part.probabilities),
        Float32Array,
      ),
      ...values,
    };
  });
}

/**
 * How long the runtime takes for runs of `batchSize` rows, one after another, after `warmUp` runs that don't count.
 * @returns milliseconds of each run in the child, without the way there and back
 */
export async function timeColumns(o: {
  modelPath: string;
  signature: Signature;
  columns: Columns;
  n: number;
  batchSize: number;
  runs: number;
  warmUp: number;
  signal?: AbortSignal;
}): Promise<Float64Array> {
  requireColumns(o);
  return withPool(o.modelPath, async (workers) => {
    await workers.load(o.modelPath, o.modelPath);
    const size = Math.min(o.batchSize, o.n);
    const times = new Float64Array(o.runs);
    for (let i = -o.warmUp; i < o.runs; i += 1) {
      o.signal?.throwIfAborted();
      // Other rows at each run, round and round: long and short texts as they come.
      const from = ((i + o.warmUp) * size) % Math.max(1, o.n - size + 1);
      const { runMs } = await workers.run(o.modelPath, slice(o, from, from + size), size, { timeoutMs: BATCH_TIMEOUT_MS });
      if (i >= 0) times[i] = runMs;
    }
    return times;
  });
}

/** Keeps a graph loaded in the child while `work` runs it again and again. @throws DomainError UNSUPPORTED when it can't be loaded */
export async function withLoadedModel<T>(modelPath: string, work: () => Promise<T>): Promise<T> {
  return withPool(modelPath, async (workers) => {
    await workers.load(modelPath, modelPath);
    return work();
  });
}

type Part = Scores;
type Given = { signature: Signature; columns: Columns; n: number };

/** Runs a batch; when it fails, each half of it, until the rows at fault are alone. */
async function runApart(
  run: (from: number, to: number) => Promise<Part>,
  o: { from: number; to: number; signature: Signature; onFailedRow: (row: number, reason: string) => void },
): Promise<Part[]> {
  const { from, to } = o;
  try {
    return [await run(from, to)];
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'INTERNAL') throw error;
    if (to - from === 1) {
      o.onFailedRow(from, messageOf(error));
      return [nothingSaid(o.signature)];
    }
    const middle = (from + to) >> 1;
    return [...(await runApart(run, { ...o, to: middle })), ...(await runApart(run, { ...o, from: middle }))];
  }
}

function nothingSaid({ classes }: Signature): Part {
  const probabilities = new Float32Array(classes?.length ?? 0).fill(Number.NaN);
  return { labels: [''], probabilities, ...(classes ? {} : { values: Float64Array.of(Number.NaN) }) };
}

function partOf(outputs: Tensors, signature: Signature, n: number): Part {
  return { ...readAll(outputs, signature, n), ...(signature.classes ? {} : { values: readValues(outputs, signature, n) }) };
}

function slice({ signature, columns }: Given, from: number, to: number): Tensors {
  const inputs: Tensors = {};
  for (const spec of signature.inputs) inputs[spec.name] = columnTensor(spec, (columns[spec.name] ?? []).slice(from, to));
  return inputs;
}

function fixedBatch(signature: Signature): number {
  return Math.abs(signature.inputs[0]?.shape[0] ?? 1);
}

function requireColumns({ signature, columns, n }: Given): void {
  for (const spec of signature.inputs) requireColumn(spec.name, rowSize(spec.shape), columns, n);
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

function concat<T extends Float32Array | Float64Array>(parts: (T | undefined)[], make: new (length: number) => T): T {
  const whole = new make(parts.reduce((sum, part) => sum + (part?.length ?? 0), 0));
  let offset = 0;
  for (const part of parts) {
    if (!part) continue;
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
