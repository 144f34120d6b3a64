import { z } from 'zod';
import type { PredictionDetail } from '#server/features/predictions/predictions.schema.ts';
import { viewRequest } from '#server/features/predictions/viewed.service.ts';
import type { RestRoute } from '#server/gateway/plugin.ts';

/** `GET /v1/predictions/{request_id}`: what was answered, and what became of it. */
export const predictionsRest: RestRoute[] = [
  {
    method: 'GET',
    url: '/v1/predictions/:request_id',
    scope: 'predict',
    summary: 'A request: what was answered, by which version, and what became of it',
    output: z.object({ request_id: z.string(), predictions: z.array(z.record(z.string(), z.unknown())) }),
    handle: async ({ scope, params }) => {
      const requestId = params.request_id ?? '';
      return { request_id: requestId, predictions: (await viewRequest(scope, requestId)).map(toRest) };
    },
  },
];

function toRest(row: PredictionDetail) {
  return {
    id: row.id,
    index: row.index,
    deployment: row.deployment,
    model: row.model,
    model_version: row.version,
    arm: row.arm,
    at: row.at,
    event_time: row.eventTime,
    routing_key: row.routingKey,
    input: row.input,
    output: row.output,
    label: row.label,
    confidence: row.confidence,
    outcome: row.outcome,
    correct: row.correct,
    error_code: row.errorCode,
    timings: { total_ms: row.latencyMs, queue_ms: row.queueMs },
    lineage: row.lineage.map(({ type, id, name, detail }) => ({ type, id, name, detail })),
  };
}
