import { z } from 'zod';
import { rolloutStatusSchema, rolloutSummarySchema } from './deployments.schema.ts';
import { rolloutPlanSchema } from './plan.schema.ts';

const quantileSchema = z.object({
  n: z.number(),
  estimate: z.number(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
});

/** What is known of one arm since the step began. `latency` is the judged percentile in milliseconds, with its interval. */
export const armSchema = z.object({
  requests: z.number().int(),
  errors: z.number().int(),
  outcomes: z.number().int(),
  correct: z.number().int(),
  latency: quantileSchema.nullable(),
  p50: z.number().nullable(),
});
export type Arm = z.infer<typeof armSchema>;

export const checkSchema = z.object({
  name: z.enum(['error rate', 'latency', 'accuracy']),
  test: z.string(),
  estimate: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  margin: z.number(),
  n: z.number(),
  needed: z.number(),
  verdict: z.enum(['holds', 'breaks', 'wait']),
  certain: z.boolean(),
});
export type RolloutCheck = z.infer<typeof checkSchema>;

/** What a decision of the controller rested on; empty for what a person did. */
export const figuresSchema = z.object({
  baseline: armSchema.optional(),
  candidate: armSchema.optional(),
  checks: z.array(checkSchema).default([]),
});
export type Figures = z.infer<typeof figuresSchema>;

export const decisionSchema = z.object({
  id: z.string(),
  at: z.date(),
  stepIndex: z.number().int(),
  action: z.string(),
  verdict: z.string(),
  sentence: z.string(),
  actorName: z.string(),
  baseline: armSchema.nullable(),
  candidate: armSchema.nullable(),
  checks: z.array(checkSchema),
});
export type Decision = z.infer<typeof decisionSchema>;

export const rolloutRefInput = z.object({ deployment: z.string(), number: z.number().int().min(1) });
export const getRolloutOutput = rolloutSummarySchema.extend({
  deployment: z.string(),
  model: z.string(),
  plan: rolloutPlanSchema,
  stepStartedAt: z.date(),
  approvedBy: z.string().nullable(),
  /** It was rolled back by hand, and nobody has said why yet. */
  waitsForReason: z.boolean(),
  /** What the controller would say now: the figures of this moment. */
  now: z
    .object({
      baseline: armSchema,
      candidate: armSchema,
      checks: z.array(checkSchema),
      sentence: z.string(),
      /** All gateways that are up serve this step's split. */
      served: z.boolean(),
    })
    .nullable(),
  decisions: z.array(decisionSchema),
});
export type RolloutDetail = z.infer<typeof getRolloutOutput>;

export const rolloutActInput = rolloutRefInput;
export const rollBackInput = rolloutRefInput.extend({ reason: z.string().trim().max(2000).optional() });
export const explainInput = rolloutRefInput.extend({ reason: z.string().trim().min(3, 'Give a reason.').max(2000) });
export const rolloutActOutput = z.object({ number: z.number().int(), status: rolloutStatusSchema });
