import { z } from 'zod';
import { rolloutPlanSchema } from '#server/features/deployments/plan.schema.ts';
import { evidenceSchema } from './evidence.schema.ts';
import { lineageNodeSchema, promotionStatusSchema, reasonSchema, requestSummarySchema, stageSchema } from './models.schema.ts';

export const evaluationPartSchema = z.object({ datasetVersionId: z.uuid(), split: z.string().min(1).max(30).default('test') });

export const requestPromotionInput = z.object({
  model: z.string(),
  number: z.number().int().min(1),
  target: stageSchema,
  reason: reasonSchema,
  /** What to judge it on; left out: part `test` of the dataset version that it learned from. */
  evaluation: evaluationPartSchema.optional(),
  /** Needed only when the model answers under more than one name. */
  deployment: z.string().optional(),
  /** Steps and limits of the canary; left out: the deployment's own. */
  plan: rolloutPlanSchema.optional(),
});
export const requestPromotionOutput = z.object({ id: z.string() });

export const decideInput = z.object({ id: z.uuid(), reason: reasonSchema });
export const withdrawInput = z.object({ id: z.uuid(), reason: z.string().trim().max(2000).optional() });
export const decideOutput = z.object({
  id: z.string(),
  status: promotionStatusSchema,
  /** The canary that the approval began, if one did. */
  rollout: z.object({ kind: z.literal('rollout'), deployment: z.string(), number: z.number().int() }).nullable(),
});

export const listRequestsInput = z.object({ model: z.string().optional() });
export const listRequestsOutput = z.object({
  /** Waiting for somebody's decision, oldest first. */
  waiting: z.array(requestSummarySchema.extend({ mayDecide: z.boolean() })),
  /** Being prepared, or approved and on its way. */
  under: z.array(requestSummarySchema),
  /** Decided or ended, newest first. */
  ended: z.array(requestSummarySchema),
});
export type RequestLists = z.infer<typeof listRequestsOutput>;

export const getRequestInput = z.object({ id: z.uuid() });
const may = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), why: z.string() })]);
export const getRequestOutput = requestSummarySchema.extend({
  versionId: z.string(),
  stage: stageSchema,
  evidence: evidenceSchema.nullable(),
  lineage: z.array(lineageNodeSchema),
  /** What an approval begins: a canary with these shares, or production at once. */
  plan: z.object({ deployment: z.string(), weights: z.array(z.number()) }).nullable(),
  rollout: z.object({ deployment: z.string(), number: z.number().int() }).nullable(),
  may: z.object({ approve: may, refuse: may, withdraw: may }),
  soFar: z.array(z.object({ at: z.date(), what: z.string(), note: z.string().nullable() })),
});
export type RequestDetail = z.infer<typeof getRequestOutput>;
