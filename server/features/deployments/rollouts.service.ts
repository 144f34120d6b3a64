import type { ProjectScope } from '#server/auth/actor.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { misfits, misfitWords } from '#server/domain/signature-fit.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { listVersionsById } from '#server/features/models/registry.service.ts';
import { servingStage, setStage } from '#server/features/models/stages.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import type { DeploymentRow } from './deployments.repo.ts';
import { findDeploymentById, findDeploymentsOfModel, lockDeployment } from './deployments.repo.ts';
import { percent } from './deployments.view.ts';
import type { RolloutPlan } from './plan.schema.ts';
import { rolloutPlanSchema } from './plan.schema.ts';
import { tellRollout } from './rollout-news.service.ts';
import { findLiveRollout, insertDecision, insertRollout } from './rollouts.repo.ts';
import { changeRouting } from './routing.service.ts';

type Start = {
  modelId: string;
  versionId: string;
  requestId: string;
  deploymentId: string | null;
  plan: RolloutPlan | null;
  reason: string;
};
export type Started = { kind: 'rollout'; deployment: string; number: number } | { kind: 'at-once'; deployment: string | null };

/**
 * Brings an approved version to production, in the transaction of the approval and with the model's row held: by a
 * rollout where a version answers already; at once where none does.
 * @throws CONFLICT when a rollout is under way there, INVALID when callers don't send what the version needs
 */
export async function bringToProduction(tx: Tx, scope: ProjectScope, start: Start): Promise<Started> {
  const deployment = await chooseDeployment(tx, scope, start);
  if (!deployment?.primaryVersionId) {
    const { serving } = await servingStage(tx, scope, { requestId: start.requestId });
    await setStage(tx, scope, { versionId: start.versionId, to: serving, reason: start.reason, requestId: start.requestId });
    if (deployment) await takeOver(tx, scope, deployment, start.versionId);
    return { kind: 'at-once', deployment: deployment?.name ?? null };
  }
  return startRollout(tx, scope, deployment, deployment.primaryVersionId, start);
}

/**
 * The deployment that a request is about: the one named, or else the only one that the model has.
 * @throws INVALID when the model answers under several names and none is given
 */
export async function chooseDeployment(
  tx: Tx,
  scope: ProjectScope,
  o: { modelId: string; deploymentId: string | null; name?: string },
): Promise<DeploymentRow | null> {
  const deployments = await findDeploymentsOfModel(tx, scope, o.modelId);
  const named = o.name ? deployments.find((deployment) => deployment.name === o.name) : undefined;
  if (o.name && !named) throw notFound(`deployment ${o.name} of this model`);
  if (named) return named;
  if (!o.deploymentId && deployments.length > 1) {
    const names = deployments.map((deployment) => deployment.name).join(', ');
    throw new DomainError(
      'INVALID',
      `This model answers under ${deployments.length} names (${names}). Say which one the version is for.`,
    );
  }
  const chosen = o.deploymentId ? deployments.find((deployment) => deployment.id === o.deploymentId) : deployments[0];
  if (o.deploymentId && !chosen) {
    throw new DomainError(
      'CONFLICT',
      'The deployment that was asked for is archived or gone. Withdraw the request and ask again.',
    );
  }
  if (!chosen) return null;
  await lockDeployment(tx, scope, chosen.id);
  return findDeploymentById(tx, scope, chosen.id);
}

/** Makes a version the one that answers, with no version before it. */
export async function takeOver(tx: Tx, scope: ProjectScope, deployment: DeploymentRow, versionId: string): Promise<void> {
  await changeRouting(tx, scope, { id: deployment.id, primaryVersionId: versionId });
  await recordAudit(tx, scope, {
    action: 'deployment.primary-set',
    target: { type: 'deployment', id: deployment.id, name: deployment.name },
    details: { modelVersionId: versionId },
  });
}

async function startRollout(
  tx: Tx,
  scope: ProjectScope,
  deployment: DeploymentRow,
  baselineVersionId: string,
  start: Start,
): Promise<Started> {
  const live = await findLiveRollout(tx, scope, deployment.id);
  const versions = await listVersionsById(tx, scope, [
    start.versionId,
    baselineVersionId,
    live?.candidateVersionId ?? start.versionId,
  ]);
  const byId = new Map(versions.map((version) => [version.id, version]));
  if (live) {
    throw new DomainError(
      'CONFLICT',
      `v${byId.get(live.candidateVersionId)?.number} is being rolled out on ${deployment.name} (rollout ${live.number}, ${live.status}). Wait for its end, or roll it back first.`,
    );
  }
  const candidate = byId.get(start.versionId);
  const baseline = byId.get(baselineVersionId);
  if (!candidate || !baseline) throw new DomainError('NOT_FOUND', 'A version of this rollout is gone.');
  const misfit = misfitWords(
    misfits(signatureSchema.parse(baseline.signature).fields, signatureSchema.parse(candidate.signature).fields),
  );
  if (misfit) {
    throw new DomainError(
      'INVALID',
      `v${candidate.number} ${misfit} by callers of ${deployment.name}, as v${baseline.number} has them do. Deploy it under a name of its own.`,
    );
  }
  const plan = rolloutPlanSchema.parse(start.plan ?? deployment.plan);
  const rollout = await insertRollout(tx, scope, {
    deploymentId: deployment.id,
    baselineVersionId,
    candidateVersionId: start.versionId,
    requestId: start.requestId,
    plan,
  });
  await changeRouting(tx, scope, { id: deployment.id });
  const sentence = `Approved by ${scope.actor.name}. v${candidate.number} gets ${percent(plan.steps[0]?.weight ?? 1)} as soon as the gateways have loaded it.`;
  await insertDecision(tx, scope, rollout.id, { stepIndex: 0, action: 'start', verdict: 'wait', sentence, figures: {} });
  await recordAudit(tx, scope, {
    action: 'rollout.start',
    target: { type: 'rollout', id: rollout.id, name: `${deployment.name}, rollout ${rollout.number} of v${candidate.number}` },
    reason: start.reason,
    details: { requestId: start.requestId, steps: plan.steps.map((step) => step.weight) },
  });
  await tellRollout(
    tx,
    scope,
    {
      id: rollout.id,
      number: rollout.number,
      deployment: deployment.name,
      model: deployment.model.name,
      version: `v${candidate.number}`,
      requestId: start.requestId,
    },
    { action: 'start', sentence },
  );
  await publish(tx, { projectId: scope.projectId, type: 'rollout.step', id: rollout.id });
  return { kind: 'rollout', deployment: deployment.name, number: rollout.number };
}
