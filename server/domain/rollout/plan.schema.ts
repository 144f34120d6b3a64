import { z } from 'zod';

const share = z.number().min(0).max(1);

/** One step of a canary: its share of requests, and what must have come in before it is judged. */
export const rolloutStepSchema = z.object({
  weight: z.number().gt(0, 'More than 0 %.').max(1, 'At most 100 %.'),
  minRequests: z.number().int().min(0).max(10_000_000),
  minOutcomes: z.number().int().min(0).max(10_000_000),
  holdSeconds: z
    .number()
    .min(0)
    .max(30 * 86_400),
});
export type RolloutStep = z.infer<typeof rolloutStepSchema>;

/** How much worse the canary may be than the version in production. Shares are fractions: 0.02 is 2 points. */
export const rolloutLimitsSchema = z.object({ errorRate: share, latencyMs: z.number().min(0).max(60_000), accuracy: share });
export type RolloutLimits = z.infer<typeof rolloutLimitsSchema>;

/** What is judged: the steps in order and the limits. */
export type RolloutPlan = { steps: RolloutStep[]; limits: RolloutLimits };
