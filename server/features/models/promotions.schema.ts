import { z } from 'zod';
import { evidenceSectionSchema } from '#server/domain/evidence/section.schema.ts';
import { rolloutPlanSchema } from '#server/features/deployments/plan.schema.ts';
import { approvalRuleSchema, verdictSchema } from './approval.schema.ts';
import { aboutSchema } from './discussion.schema.ts';
import { changeSchema, evidenceSchema } from './evidence.schema.ts';
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
  /** Why it can't wait for all approvals: then one other person decides, and it is reviewed afterwards. */
  emergency: reasonSchema.optional(),
});
export const requestPromotionOutput = z.object({ id: z.string() });

const forId = z.uuid().optional();
export const decideInput = z.object({
  id: z.uuid(),
  reason: reasonSchema,
  /** In whose place, when the one who decides stands in for somebody. */
  forId,
  /** Why a gate that doesn't pass is acceptable, by gate: advisory ones, and in an emergency the blocking ones. */
  accepted: z.record(z.string(), z.string().trim().min(3).max(2000)).optional(),
});
export const changesInput = z.object({ id: z.uuid(), reason: reasonSchema, forId, about: aboutSchema.optional() });
export const answerInput = z.object({
  id: z.uuid(),
  answer: reasonSchema,
  /** Prepares the evidence anew, so that approvals given so far fall. */
  prepare: z.boolean().default(false),
});
export const withdrawInput = z.object({ id: z.uuid(), reason: z.string().trim().max(2000).optional() });
export const prepareAnewInput = z.object({ id: z.uuid() });
export const reviewInput = z.object({ id: z.uuid(), verdict: z.enum(['justified', 'unjustified']), text: reasonSchema });
export const turnOutput = z.object({ id: z.string(), status: promotionStatusSchema });
export const decideOutput = turnOutput.extend({
  /** The canary that the approval began, if one did. */
  rollout: z.object({ kind: z.literal('rollout'), deployment: z.string(), number: z.number().int() }).nullable(),
  approvals: z.object({ given: z.number().int(), needed: z.number().int() }),
});

/** A request as lists show it. */
export const requestItemSchema = requestSummarySchema.extend({
  emergency: z.boolean(),
  expiresAt: z.date().nullable(),
  approvals: z.object({ given: z.number().int(), needed: z.number().int() }),
  openThreads: z.number().int(),
  /** Whether this person may decide it now; `own`: whether they asked for it. */
  mayDecide: z.boolean(),
  own: z.boolean(),
  /** Whose decision is still possible. */
  waitsFor: z.array(z.string()),
  review: z.object({ dueAt: z.date(), mayReview: z.boolean() }).nullable(),
});
export type RequestItem = z.infer<typeof requestItemSchema>;

export const listRequestsInput = z.object({ model: z.string().optional() });
export const listRequestsOutput = z.object({
  /** Waiting for somebody's decision, oldest first. */
  waiting: z.array(requestItemSchema),
  /** Emergencies whose review hasn't been given, the first due first. */
  reviews: z.array(requestItemSchema),
  /** Being prepared, sent back for changes, or approved and on its way. */
  under: z.array(requestItemSchema),
  /** Decided or ended, newest first. */
  ended: z.array(requestItemSchema),
});
export type RequestLists = z.infer<typeof listRequestsOutput>;

export const obstacleSchema = z.object({
  code: z.enum(['stage', 'deleted', 'there', 'archived', 'artifact', 'incumbent', 'gates', 'signature']),
  /** The way on. */
  act: z.enum(['prepare', 'withdraw']),
  sentence: z.string(),
});
export type Obstacle = z.infer<typeof obstacleSchema>;

export const decisionViewSchema = z.object({
  id: z.string(),
  round: z.number().int(),
  verdict: verdictSchema,
  personName: z.string(),
  forName: z.string().nullable(),
  mine: z.boolean(),
  reason: z.string(),
  accepted: z.record(z.string(), z.string()),
  at: z.date(),
  /** Null while it counts; else why it doesn't any more. */
  dropped: z.string().nullable(),
});
export type DecisionView = z.infer<typeof decisionViewSchema>;

export const getRequestInput = z.object({ id: z.uuid() });
const may = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), why: z.string() })]);
export const getRequestOutput = requestSummarySchema.extend({
  versionId: z.string(),
  stage: stageSchema,
  /** Of the rows that change, the first eight: `promotions.changes` has the rest. */
  evidence: evidenceSchema.nullable(),
  evidenceHash: z.string().nullable(),
  round: z.number().int(),
  rounds: z.array(z.object({ round: z.number().int(), hash: z.string(), preparedAt: z.date() })),
  lineage: z.array(lineageNodeSchema),
  /** How the version was made; null for an uploaded file. */
  training: z
    .object({
      run: z.string(),
      experiment: z.string(),
      by: z.string().nullable(),
      endedAt: z.date().nullable(),
      dataset: z.string().nullable(),
      params: z.record(z.string(), z.string()),
    })
    .nullable(),
  /** What an approval begins: a canary with these shares, or the stage at once. */
  plan: z.object({ deployment: z.string(), weights: z.array(z.number()) }).nullable(),
  rollout: z.object({ deployment: z.string(), number: z.number().int() }).nullable(),
  rule: approvalRuleSchema,
  decisions: z.array(decisionViewSchema),
  approvals: z.object({
    given: z.number().int(),
    needed: z.number().int(),
    open: z.array(z.object({ id: z.string(), name: z.string() })),
    reachable: z.boolean(),
  }),
  /** Those in whose place this person may decide. */
  standsFor: z.array(z.object({ id: z.string(), name: z.string() })),
  obstacles: z.array(obstacleSchema),
  /** Reasons that were given for gates that don't pass. */
  accepted: z.record(z.string(), z.string()),
  expiresAt: z.date().nullable(),
  emergency: z.string().nullable(),
  review: z
    .object({
      dueAt: z.date(),
      at: z.date().nullable(),
      by: z.string().nullable(),
      verdict: z.enum(['justified', 'unjustified']).nullable(),
      text: z.string().nullable(),
    })
    .nullable(),
  may: z.object({ approve: may, refuse: may, changes: may, answer: may, withdraw: may, prepare: may, review: may }),
  soFar: z.array(z.object({ at: z.date(), what: z.string(), note: z.string().nullable() })),
});
export type RequestDetail = z.infer<typeof getRequestOutput>;

export const getSectionsOutput = z.array(evidenceSectionSchema);
export const getChangesOutput = z.array(changeSchema);
