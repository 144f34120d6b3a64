import type { ProjectScope } from '#server/auth/actor.ts';
import { db } from '#server/platform/db/client.ts';
import { findDeploymentById, findDeploymentsOfModel } from './deployments.repo.ts';
import { rolloutPlanSchema } from './plan.schema.ts';
import { findRolloutByRequest } from './rollouts.repo.ts';

/** The canary that an approval would begin; null when the version would become production at once. */
export async function findDeploymentPlan(
  scope: ProjectScope,
  o: { modelId: string; deploymentId: string | null; plan: unknown },
): Promise<{ deployment: string; weights: number[] } | null> {
  const deployments = await findDeploymentsOfModel(db, scope, o.modelId);
  const chosen = o.deploymentId ? deployments.find((deployment) => deployment.id === o.deploymentId) : deployments[0];
  if (!chosen?.primaryVersionId) return null;
  const { steps } = rolloutPlanSchema.parse(o.plan ?? chosen.plan);
  return { deployment: chosen.name, weights: steps.map((step) => step.weight) };
}

/** The rollout that a request led to, if it did. */
export async function findRolloutOfRequest(
  scope: ProjectScope,
  requestId: string,
): Promise<{ deployment: string; number: number } | null> {
  const rollout = await findRolloutByRequest(db, scope, requestId);
  const deployment = rollout && (await findDeploymentById(db, scope, rollout.deploymentId));
  return rollout && deployment ? { deployment: deployment.name, number: rollout.number } : null;
}
