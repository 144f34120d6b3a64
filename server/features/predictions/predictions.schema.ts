import { z } from 'zod';

/** Where a page ends: the last row's arrival and id. */
export const predictionCursor = z.object({ at: z.date(), id: z.uuid() });

export const searchPredictionsInput = z.object({
  /** Whole request id, or a prediction's own id. */
  requestId: z.string().trim().min(1).max(128).optional(),
  deployment: z.string().optional(),
  version: z.number().int().min(1).optional(),
  arm: z.enum(['primary', 'canary']).optional(),
  label: z.string().max(500).optional(),
  /** What became of it: the outcome agrees, contradicts, has not come yet, or the request failed. */
  result: z.enum(['right', 'wrong', 'open', 'failed']).optional(),
  /** Which clock `from` and `to` go by: when the request arrived, or the time that the caller gave it. */
  clock: z.enum(['arrival', 'event']).default('arrival'),
  from: z.date().optional(),
  to: z.date().optional(),
  cursor: predictionCursor.optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type SearchPredictionsInput = z.infer<typeof searchPredictionsInput>;

export const predictionRow = z.object({
  id: z.string(),
  requestId: z.string(),
  index: z.number().int(),
  at: z.date(),
  eventTime: z.date(),
  deployment: z.string(),
  model: z.string(),
  version: z.number().int(),
  arm: z.string(),
  label: z.string().nullable(),
  confidence: z.number().nullable(),
  outcome: z.string().nullable(),
  /** Null while no outcome has come, or when the request failed. */
  correct: z.boolean().nullable(),
  errorCode: z.string().nullable(),
  latencyMs: z.number(),
  /** The first words of the input. */
  preview: z.string(),
});
export type PredictionRow = z.infer<typeof predictionRow>;

export const searchPredictionsOutput = z.object({
  predictions: z.array(predictionRow),
  nextCursor: predictionCursor.nullable(),
});

export const predictionFacetsOutput = z.object({
  deployments: z.array(z.object({ name: z.string(), model: z.string(), versions: z.array(z.number().int()) })),
  labels: z.array(z.string()),
});

export const getPredictionInput = z.object({ id: z.string().max(64) });

/** One station on the way from a served request back to its data and its approval. */
export const lineageStation = z.object({
  type: z.enum([
    'deployment',
    'rollout',
    'model_version',
    'promotion_request',
    'run',
    'dataset_version',
    'labeling_project',
    'upload',
  ]),
  id: z.string(),
  /** Plain words: `spam-filter, version 2`. */
  name: z.string(),
  /** What it says there: `approved by Rita`, `3,270 rows`. */
  detail: z.string().nullable(),
  /** Path below the project's page; null when it has no page of its own. */
  path: z.string().nullable(),
});
export type LineageStation = z.infer<typeof lineageStation>;

export const getPredictionOutput = predictionRow.omit({ preview: true }).extend({
  input: z.record(z.string(), z.unknown()),
  /** Probability by class, or the model's outputs by name. */
  output: z.record(z.string(), z.unknown()).nullable(),
  routingKey: z.string().nullable(),
  queueMs: z.number(),
  batchSize: z.number().int(),
  provider: z.string().nullable(),
  token: z.string().nullable(),
  outcomeAt: z.date().nullable(),
  outcomeEventTime: z.date().nullable(),
  outcomeSource: z.string().nullable(),
  /** Other instances of the same request. */
  siblings: z.array(z.object({ id: z.string(), index: z.number().int(), label: z.string().nullable() })),
  lineage: z.array(lineageStation),
});
export type PredictionDetail = z.infer<typeof getPredictionOutput>;
