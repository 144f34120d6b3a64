import { z } from 'zod';
import { urlNameSchema } from '#server/domain/names.ts';
import { rolloutStepSchema } from '#server/domain/rollout/plan.schema.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { rolloutPlanSchema } from './plan.schema.ts';

export const rolloutStatusSchema = z.enum(['running', 'paused', 'completed', 'rolled_back']);
export type RolloutStatus = z.infer<typeof rolloutStatusSchema>;

const versionRef = z.object({ id: z.string(), number: z.number().int(), stage: z.string() });

export const rolloutSummarySchema = z.object({
  id: z.string(),
  number: z.number().int(),
  status: rolloutStatusSchema,
  baseline: versionRef,
  candidate: versionRef,
  stepIndex: z.number().int(),
  steps: z.array(rolloutStepSchema),
  weight: z.number(),
  startedAt: z.date(),
  endedAt: z.date().nullable(),
  endReason: z.string().nullable(),
  requestId: z.string().nullable(),
});
export type RolloutSummary = z.infer<typeof rolloutSummarySchema>;

export const deploymentSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  model: z.string(),
  primary: versionRef.nullable(),
  primarySince: z.date().nullable(),
  createdAt: z.date(),
  revision: z.number().int(),
  rollout: rolloutSummarySchema.nullable(),
});
export type DeploymentSummary = z.infer<typeof deploymentSummarySchema>;
export const listDeploymentsOutput = z.array(deploymentSummarySchema);

/** How many of the gateways that are up serve the newest routing, and what one of them says when it can't. */
export const servingSchema = z.object({
  gateways: z.number().int(),
  upToDate: z.number().int(),
  problems: z.array(z.string()),
  providers: z.array(z.string()),
});
export type Serving = z.infer<typeof servingSchema>;

export const exampleSchema = z.object({
  gatewayUrl: z.string(),
  instance: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});

export const deploymentRefInput = z.object({ deployment: z.string() });
export const getDeploymentOutput = deploymentSummarySchema.extend({
  version: z.number().int(),
  plan: rolloutPlanSchema,
  signature: signatureSchema.nullable(),
  serving: servingSchema,
  example: exampleSchema,
  rollouts: z.array(rolloutSummarySchema),
  /** The version that answered before the present one, if one can go back to it now. */
  goBackTo: versionRef.nullable(),
});
export type DeploymentDetail = z.infer<typeof getDeploymentOutput>;

export const createDeploymentInput = z.object({
  name: urlNameSchema.refine((name) => name !== 'new', 'This name is kept for a page of its own. Choose another.'),
  model: z.string(),
  /** Left out, the defaults of `DEFAULT_PLAN` are taken. */
  plan: rolloutPlanSchema.optional(),
});
export const createDeploymentOutput = z.object({ id: z.string(), name: z.string(), primary: versionRef.nullable() });
export const updatePlanInput = deploymentRefInput.extend({ expectedVersion: z.number().int(), plan: rolloutPlanSchema });
export const archiveDeploymentInput = deploymentRefInput.extend({ reason: z.string().trim().min(3).max(2000) });
export const goBackInput = deploymentRefInput.extend({ reason: z.string().trim().min(3, 'Give a reason.').max(2000) });

export const beginningsOutput = z.object({
  gatewayUrl: z.string(),
  /** For each model its version in production, or else its newest that isn't archived. */
  ready: z.array(
    z.object({ model: z.string(), number: z.number().int(), stage: z.string(), instance: exampleSchema.shape.instance }),
  ),
});
export type Beginnings = z.infer<typeof beginningsOutput>;
