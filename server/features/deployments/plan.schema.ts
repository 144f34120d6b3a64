import { z } from 'zod';
import { rolloutLimitsSchema, rolloutStepSchema } from '#server/domain/rollout/plan.schema.ts';

/** How a new version takes over: at least one step, each with more requests than the last, the last with all. */
export const rolloutPlanSchema = z
  .object({ steps: z.array(rolloutStepSchema).min(1).max(10), limits: rolloutLimitsSchema })
  .superRefine((plan, ctx) => {
    plan.steps.forEach((step, index) => {
      const before = plan.steps[index - 1];
      if (before && step.weight <= before.weight) {
        ctx.addIssue({
          code: 'custom',
          path: ['steps', index, 'weight'],
          message: 'Each step takes more than the one before it.',
        });
      }
    });
    if (plan.steps.at(-1)?.weight !== 1) {
      ctx.addIssue({ code: 'custom', path: ['steps', plan.steps.length - 1, 'weight'], message: 'The last step takes 100 %.' });
    }
  });
export type RolloutPlan = z.infer<typeof rolloutPlanSchema>;

/** What a new deployment starts with. */
export const DEFAULT_PLAN: RolloutPlan = {
  steps: [
    { weight: 0.1, minRequests: 100, minOutcomes: 50, holdSeconds: 600 },
    { weight: 0.5, minRequests: 300, minOutcomes: 150, holdSeconds: 600 },
    { weight: 1, minRequests: 300, minOutcomes: 150, holdSeconds: 600 },
  ],
  limits: { errorRate: 0.02, latencyMs: 50, accuracy: 0.05 },
};
