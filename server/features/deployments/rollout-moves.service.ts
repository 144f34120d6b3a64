import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { endRequest } from '#server/features/models/promotion-ends.service.ts';
import { holdModel, listVersionsById } from '#server/features/models/registry.service.ts';
import { servingStage, setStage } from '#server/features/models/stages.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import type { DeploymentRow } from './deployments.repo.ts';
import { findDeploymentById, lockDeployment } from './deployments.repo.ts';
import { percent } from './deployments.view.ts';
import { rolloutPlanSchema } from './plan.schema.ts';
import { tellRollout } from './rollout-news.service.ts';
import type { RolloutChange, RolloutRow } from './rollouts.repo.ts';
import { findRolloutById, insertDecision, updateRollout } from './rollouts.repo.ts';
import { changeRouting } from './routing.service.ts';

/** What a move rests on, for the record. */
export type Grounds = { verdict: string; sentence: string; figures: object };
type Held = { rollout: RolloutRow; deployment: DeploymentRow; candidate: string; baseline: string };

/**
 * Holds a rollout, its deployment and its model until the transaction ends, always in the same order.
 * @throws NOT_FOUND
 */
export async function holdRollout(tx: Tx, scope: ProjectScope, rolloutId: string): Promise<Held> {
  const seen = await findRolloutById(tx, scope, rolloutId);
  const deployment = seen && (await findDeploymentById(tx, scope, seen.deploymentId));
  if (!seen || !deployment) throw notFound('rollout');
  await holdModel(tx, scope, deployment.model.name);
  await lockDeployment(tx, scope, deployment.id);
  const rollout = await findRolloutById(tx, scope, rolloutId);
  if (!rollout) throw notFound('rollout');
  const versions = await listVersionsById(tx, scope, [rollout.candidateVersionId, rollout.baselineVersionId]);
  const nameOf = (id: string) => `v${versions.find((version) => version.id === id)?.number ?? '?'}`;
  return { rollout, deployment, candidate: nameOf(rollout.candidateVersionId), baseline: nameOf(rollout.baselineVersionId) };
}

/** Gives the candidate the share of the next step. */
export async function advanceRollout(tx: Tx, scope: ProjectScope, held: Held, grounds: Grounds): Promise<void> {
  const { rollout, deployment, candidate } = held;
  const { steps } = rolloutPlanSchema.parse(rollout.plan);
  const next = steps[rollout.stepIndex + 1];
  if (!next) throw new Error('The last step has no next one.');
  await change(tx, scope, held, { stepIndex: rollout.stepIndex + 1, stepStartedAt: new Date() });
  await changeRouting(tx, scope, { id: deployment.id });
  await note(tx, scope, held, 'advance', {
    ...grounds,
    sentence: `${candidate} gets ${percent(next.weight)} from here on. ${grounds.sentence}`,
  });
}

/** Makes the candidate the version that answers, and puts it in the serving stage; the one before it is archived. */
export async function completeRollout(tx: Tx, scope: ProjectScope, held: Held, grounds: Grounds): Promise<void> {
  const { rollout, deployment, candidate } = held;
  const { serving } = await servingStage(tx, scope, { requestId: rollout.requestId });
  const sentence = `${candidate} answers all requests and is ${serving}. ${grounds.sentence}`;
  await change(tx, scope, held, { status: 'completed', endedAt: new Date(), endReason: grounds.sentence });
  await changeRouting(tx, scope, { id: deployment.id, primaryVersionId: rollout.candidateVersionId });
  await setStage(tx, scope, {
    versionId: rollout.candidateVersionId,
    to: serving,
    reason: `The last step of its rollout on ${deployment.name} held.`,
    requestId: rollout.requestId,
  });
  if (rollout.requestId) await endRequest(tx, scope, { id: rollout.requestId, status: 'completed' });
  await note(tx, scope, held, 'complete', { ...grounds, sentence });
}

/** Takes all traffic from the candidate, which goes back to the stage below; the version before it answers everything again. */
export async function rollBackRollout(
  tx: Tx,
  scope: ProjectScope,
  held: Held,
  grounds: Grounds & { reason: string },
): Promise<void> {
  const { rollout, deployment, candidate, baseline } = held;
  const { below } = await servingStage(tx, scope, { requestId: rollout.requestId });
  await change(tx, scope, held, { status: 'rolled_back', endedAt: new Date(), endReason: grounds.reason });
  await changeRouting(tx, scope, { id: deployment.id });
  await setStage(tx, scope, {
    versionId: rollout.candidateVersionId,
    to: below,
    reason: `Rolled back on ${deployment.name}: ${grounds.reason}`,
    requestId: rollout.requestId,
  });
  if (rollout.requestId) {
    await endRequest(tx, scope, { id: rollout.requestId, status: 'failed', error: `Rolled back: ${grounds.reason}` });
  }
  await note(tx, scope, held, 'roll_back', {
    ...grounds,
    sentence: `${baseline} answers all requests again, ${candidate} goes back to ${below}. ${grounds.sentence}`,
  });
}

/** Stops or restarts the judging; the split of requests stays as it is. */
export async function setPaused(tx: Tx, scope: ProjectScope, held: Held, paused: boolean): Promise<void> {
  const step = rolloutPlanSchema.parse(held.rollout.plan).steps[held.rollout.stepIndex];
  await change(tx, scope, held, paused ? { status: 'paused' } : { status: 'running', stepStartedAt: new Date() });
  await note(tx, scope, held, paused ? 'pause' : 'resume', {
    verdict: 'wait',
    sentence: paused
      ? `${held.candidate} stays at ${percent(step?.weight ?? 0)} and nothing is judged until somebody resumes.`
      : 'Judging begins anew: requests, outcomes and the hold of this step are counted from here on.',
    figures: {},
  });
}

/** Writes down what was decided, in the record of the rollout and in the audit. */
export async function note(tx: Tx, scope: ProjectScope, held: Held, action: string, grounds: Grounds): Promise<void> {
  const { rollout, deployment } = held;
  await insertDecision(tx, scope, rollout.id, {
    stepIndex: rollout.stepIndex,
    action,
    verdict: grounds.verdict,
    sentence: grounds.sentence,
    figures: grounds.figures,
  });
  await recordAudit(tx, scope, {
    action: `rollout.${action.replace('_', '-')}`,
    target: { type: 'rollout', id: rollout.id, name: `${deployment.name}, rollout ${rollout.number} of ${held.candidate}` },
    reason: grounds.sentence,
    details: { stepIndex: rollout.stepIndex, verdict: grounds.verdict },
  });
  const named = { deployment: deployment.name, model: deployment.model.name, version: held.candidate };
  await tellRollout(
    tx,
    scope,
    { ...named, id: rollout.id, number: rollout.number, requestId: rollout.requestId },
    { action, ...grounds },
  );
  await publish(tx, { projectId: scope.projectId, type: 'rollout.step', id: rollout.id });
}

async function change(tx: Tx, scope: ProjectScope, held: Held, values: RolloutChange): Promise<void> {
  const { rollout } = held;
  if (await updateRollout(tx, scope, { id: rollout.id, expectedVersion: rollout.version, change: values })) return;
  throw new DomainError('CONFLICT', 'The rollout was changed by somebody else just now. Look at it again.');
}
