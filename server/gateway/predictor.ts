import type { ProjectScope } from '#server/auth/actor.ts';
import { assignArm } from '#server/domain/rollout/assign.ts';
import { DomainError, isDomainError } from '#server/errors.ts';
import { predictionLine } from '#server/features/predictions/log-line.schema.ts';
import { armText } from '#server/gateway/arm-text.ts';
import { isoTime, uuid7 } from '#server/gateway/ids.ts';
import { shortFloat, writeData } from '#server/gateway/infer/tensor-json.ts';
import type { ServedArm, ServedRoute } from '#server/gateway/serving.ts';
import type { Shipper } from '#server/gateway/spool/shipper.ts';
import type { SpoolWriter } from '#server/gateway/spool/writer.ts';
import { readRow } from '#server/inference/outputs.ts';
import type { InferencePool } from '#server/inference/pool.ts';
import type { Answer } from '#server/inference/queue.ts';
import { sliceTensor, type Tensors } from '#server/inference/tensors.ts';

/** One request, checked and ready for the model. */
export type PredictCall = {
  scope: ProjectScope;
  route: ServedRoute;
  arm: ServedArm;
  requestId: string;
  routingKey: string | null;
  eventTime: string | null;
  /** `performance.now()` at its arrival. */
  arrived: number;
  inputs: Tensors;
  rows: number;
  /** Row `row` of the input as the log keeps it: JSON. */
  logged(row: number): string;
};

export type Predicted = {
  outputs: Tensors;
  /** One a row, as JSON: id, class, confidence, probabilities, version and arm. */
  predictions: string[];
  timings: { queue_ms: number; inference_ms: number; total_ms: number };
};

/** Runs requests and logs what came of each: the answer is given once its log lines are with the operating system. */
export class Predictor {
  readonly #pool: InferencePool;
  readonly #writer: SpoolWriter;
  readonly #shipper: Shipper;
  readonly #timeoutMs: number;

  constructor(o: { pool: InferencePool; writer: SpoolWriter; shipper: Shipper; timeoutMs: number }) {
    this.#pool = o.pool;
    this.#writer = o.writer;
    this.#shipper = o.shipper;
    this.#timeoutMs = o.timeoutMs;
  }

  /**
   * The arm for a request: by its version when the caller names one, else by the hash of its routing key.
   * @throws DomainError NOT_FOUND for a version that this deployment doesn't serve now
   */
  chooseArm(route: ServedRoute, key: string, version?: string): ServedArm {
    if (version === undefined) return assignArm(route.deployment, key, route.arms);
    const arm = route.arms.find((candidate) => String(candidate.number) === version);
    if (arm) return arm;
    const served = route.arms.map((candidate) => candidate.number).join(', ');
    throw new DomainError('NOT_FOUND', `${route.deployment} doesn't serve version ${version} now. It serves: ${served}.`);
  }

  /** @throws DomainError UNAVAILABLE, TIMEOUT or INTERNAL; all but a full queue are logged as failed predictions */
  async predict(call: PredictCall): Promise<Predicted> {
    if (this.#shipper.full) {
      throw new DomainError('UNAVAILABLE', 'The prediction log is full, because the database has been away for long.', {
        reason: 'LOG_FULL',
      });
    }
    const at = isoTime(Date.now());
    try {
      const answer = await this.#pool.run(call.arm.artifactKey, call.inputs, call.rows, { timeoutMs: this.#timeoutMs });
      const queueMs = round(answer.queueMs);
      const { lines, predictions } = describeRows(call, at, answer, queueMs);
      await this.#writer.append(lines);
      const timings = { queue_ms: queueMs, inference_ms: round(answer.runMs), total_ms: round(performance.now() - call.arrived) };
      return { outputs: answer.outputs, predictions, timings };
    } catch (error) {
      await this.#logFailure(call, at, error);
      throw error;
    }
  }

  async #logFailure(call: PredictCall, at: string, error: unknown): Promise<void> {
    const reason = isDomainError(error) ? error.details?.reason : undefined;
    if (reason === 'QUEUE_FULL' || reason === 'LOG_FAILED') return;
    const errorCode = typeof reason === 'string' ? reason : isDomainError(error) ? error.code : 'INTERNAL';
    const nothing = { output: null, label: null, confidence: null, queueMs: 0, batchSize: 0, errorCode };
    const common = { ...commonOf(call, at), ...nothing, latencyMs: round(performance.now() - call.arrived) };
    const head = headOf(call);
    let lines = '';
    for (let row = 0; row < call.rows; row++) {
      lines += predictionLine(head, { ...common, id: uuid7(Date.now()), index: row, input: call.logged(row) });
    }
    await this.#writer.append(lines).catch(() => undefined);
  }
}

/** Every row of an answer twice: as a line of the log and as a piece of the reply. */
function describeRows(call: PredictCall, at: string, answer: Answer, queueMs: number) {
  const { arm, rows } = call;
  const text = armText(call.route, arm);
  const head = headOf(call);
  const now = Date.now();
  const { requestId, routingKey, eventTime } = commonOf(call, at);
  const latencyMs = round(performance.now() - call.arrived);
  const predictions: string[] = [];
  let lines = '';
  for (let index = 0; index < rows; index++) {
    const id = uuid7(now);
    const found = readRow(answer.outputs, arm.found, arm.signature.classes, index);
    const { label } = found;
    const confidence = found.confidence === null ? null : shortFloat(found.confidence);
    const probabilities = text.probabilities(found);
    const quoted = label === null ? 'null' : JSON.stringify(label);
    predictions.push(`{"id":"${id}","label":${quoted},"confidence":${confidence},"probabilities":${probabilities}${text.by}`);
    lines += predictionLine(head, {
      id,
      requestId,
      index,
      routingKey,
      at,
      eventTime,
      input: call.logged(index),
      output: probabilities ?? outputRow(answer.outputs, index),
      label,
      confidence,
      errorCode: null,
      latencyMs,
      queueMs,
      batchSize: answer.batchRows,
    });
  }
  return { lines, predictions };
}

function headOf({ scope, route, arm }: PredictCall): string {
  return armText(route, arm).head(scope.actor.kind === 'token' ? scope.actor.id : null);
}

function commonOf({ requestId, routingKey, eventTime }: PredictCall, at: string) {
  return { requestId, routingKey, at, eventTime: eventTime ?? at };
}

/** Row `row` of every output as JSON, for a model that is no classifier with named classes. */
function outputRow(outputs: Tensors, row: number): string {
  const values = Object.entries(outputs).map(([name, tensor]) => {
    const of = writeData(tensor.shape.length === 0 ? tensor : sliceTensor(tensor, row, row + 1));
    return [name, of.length === 1 ? of[0] : of];
  });
  return JSON.stringify(Object.fromEntries(values));
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
