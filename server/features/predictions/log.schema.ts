import { z } from 'zod';

/** One line of the gateway's prediction log: one answered or failed instance of a request. */
export const loggedPrediction = z.object({
  id: z.uuid(),
  projectId: z.uuid(),
  requestId: z.string(),
  index: z.number().int().min(0),
  deploymentId: z.uuid(),
  modelVersionId: z.uuid(),
  rolloutId: z.uuid().nullable(),
  arm: z.string(),
  routingKey: z.string().nullable(),
  /** ISO 8601, UTC: when the request arrived. */
  at: z.string(),
  /** ISO 8601, UTC: given by the caller, or else `at`. */
  eventTime: z.string(),
  input: z.record(z.string(), z.unknown()),
  output: z.record(z.string(), z.unknown()).nullable(),
  label: z.string().nullable(),
  confidence: z.number().nullable(),
  errorCode: z.string().nullable(),
  latencyMs: z.number(),
  queueMs: z.number(),
  batchSize: z.number().int(),
  provider: z.string().nullable(),
  tokenId: z.uuid().nullable(),
});
export type LoggedPrediction = z.infer<typeof loggedPrediction>;

/** What turned out to be true of one instance of a request. */
export const loggedOutcome = z.object({
  id: z.uuid(),
  projectId: z.uuid(),
  requestId: z.string(),
  index: z.number().int().min(0),
  label: z.string(),
  at: z.string(),
  eventTime: z.string(),
  source: z.string(),
});
export type LoggedOutcome = z.infer<typeof loggedOutcome>;

/** A stored outcome that says something else than the one given. */
export type OutcomeConflict = { request_id: string; index: number; stored: string; given: string };
