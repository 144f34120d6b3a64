import type { ProjectScope } from '#server/auth/actor.ts';
import { assignArm } from '#server/domain/rollout/assign.ts';
import { DomainError, isDomainError } from '#server/errors.ts';
import type { LoggedPrediction } from '#server/features/predictions/log.schema.ts';
import { uuid7 } from '#server/gateway/ids.ts';
import { shortFloat, writeData } from '#server/gateway/infer/tensor-json.ts';
import type { ServedArm, ServedRoute } from '#server/gateway/serving.ts';
import { PREDICTION, type Shipper } from '#server/gateway/spool/shipper.ts';
import type { SpoolWriter } from '#server/gateway/spool/writer.ts';
import { type Classified, readRow } from '#server/inference/outputs.ts';
import type { InferencePool } from '#server/inference/pool.ts';
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
  /** Row `row` of the input as the log keeps it. */
  logged(row: number): Record<string, unknown>;
};

export type Predicted = {
  outputs: Tensors;
  predictions: (Classified & { id: string })[];
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
    const at = new Date().toISOString();
    try {
      const answer = await this.#pool.run(call.arm.artifactKey, call.inputs, call.rows, { timeoutMs: this.#timeoutMs });
      const latencyMs = round(performance.now() - call.arrived);
      const predictions: Predicted['predictions'] = [];
      const lines: string[] = [];
      const common = { latencyMs, queueMs: round(answer.queueMs), batchSize: answer.batchRows, provider: call.arm.info.provider };
      for (let row = 0; row < call.rows; row++) {
        const id = uuid7(Date.now());
        const found = readRow(answer.outputs, call.arm.found, call.arm.signature.classes, row);
        shorten(found);
        predictions.push({ id, ...found });
        lines.push(
          line(call, at, row, {
            ...common,
            id,
            output: found.probabilities ?? outputRow(answer.outputs, row),
            label: found.label,
            confidence: found.confidence,
            errorCode: null,
          }),
        );
      }
      await this.#writer.append(lines);
      const timings = {
        queue_ms: common.queueMs,
        inference_ms: round(answer.runMs),
        total_ms: round(performance.now() - call.arrived),
      };
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
    const latencyMs = round(performance.now() - call.arrived);
    const nothing = {
      output: null,
      label: null,
      confidence: null,
      latencyMs,
      queueMs: 0,
      batchSize: 0,
      provider: call.arm.info.provider,
    };
    const lines = Array.from({ length: call.rows }, (_, row) =>
      line(call, at, row, { ...nothing, id: uuid7(Date.now()), errorCode }),
    );
    await this.#writer.append(lines).catch(() => undefined);
  }
}

type Result = Pick<
  LoggedPrediction,
  'id' | 'output' | 'label' | 'confidence' | 'errorCode' | 'latencyMs' | 'queueMs' | 'batchSize' | 'provider'
>;

function line(call: PredictCall, at: string, index: number, result: Result): string {
  const { route, arm, scope } = call;
  const record: LoggedPrediction = {
    id: result.id,
    projectId: route.projectId,
    requestId: call.requestId,
    index,
    deploymentId: route.deploymentId,
    modelVersionId: arm.modelVersionId,
    rolloutId: route.rolloutId,
    arm: arm.name,
    routingKey: call.routingKey,
    at,
    eventTime: call.eventTime ?? at,
    input: call.logged(index),
    output: result.output,
    label: result.label,
    confidence: result.confidence,
    errorCode: result.errorCode,
    latencyMs: result.latencyMs,
    queueMs: result.queueMs,
    batchSize: result.batchSize,
    provider: result.provider,
    tokenId: scope.actor.kind === 'token' ? scope.actor.id : null,
  };
  return PREDICTION + JSON.stringify(record);
}

/** Row `row` of every output, for a model that is no classifier with named classes. */
function outputRow(outputs: Tensors, row: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => {
      const values = writeData(tensor.shape.length === 0 ? tensor : sliceTensor(tensor, row, row + 1));
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

/** Probabilities come as 32-bit floats: seven digits say all of them. */
function shorten(found: Classified): void {
  if (found.confidence !== null) found.confidence = shortFloat(found.confidence);
  for (const name in found.probabilities) found.probabilities[name] = shortFloat(found.probabilities[name] ?? 0) ?? 0;
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
