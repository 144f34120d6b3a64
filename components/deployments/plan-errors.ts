import type { RolloutPlan } from '#server/features/deployments/plan.schema.ts';
import { rolloutPlanSchema } from '#server/features/deployments/plan.schema.ts';

/** What is wrong with a plan, by path (`steps.0.weight`); empty when nothing is. */
export function planErrors(plan: RolloutPlan): Record<string, string> {
  const parsed = rolloutPlanSchema.safeParse(plan);
  if (parsed.success) return {};
  return Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message]));
}
