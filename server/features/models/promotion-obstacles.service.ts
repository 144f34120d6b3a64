import type { ProjectScope } from '#server/auth/actor.ts';
import { isServing, roleOf, titleOf } from '#server/domain/stages.ts';
import { fitCallers } from '#server/features/deployments/fit.service.ts';
import { findDeploymentPlan } from '#server/features/deployments/rollout-links.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { objectPath } from '#server/platform/storage/objects.ts';
import { evidenceSchema } from './evidence.schema.ts';
import { gatesOfStage } from './gates.service.ts';
import type { RequestRow } from './promotions.repo.ts';
import type { Obstacle } from './promotions.schema.ts';
import { currentVersionIn, listStages } from './stages.service.ts';

/**
 * What has happened since the evidence was prepared that keeps the version from going up now, each with the way on.
 * Empty for a request that could be approved this moment.
 */
export async function findObstacles(tx: Tx, scope: ProjectScope, request: RequestRow): Promise<Obstacle[]> {
  const { modelVersion: version, targetStage: target } = request;
  const name = `v${version.number}`;
  const stages = await listStages(scope, tx);
  const role = roleOf(stages, target);
  if (role !== 'gate' && role !== 'serving') {
    const sentence = `The project has no stage ${target} to ask for any more. Withdraw this, and ask for one of its stages.`;
    return [{ code: 'stage', act: 'withdraw', sentence }];
  }
  if (version.deletedAt) {
    return [
      { code: 'deleted', act: 'withdraw', sentence: `${name} was deleted since, and its graph with it. Withdraw the request.` },
    ];
  }
  if (version.stage === target) {
    return [{ code: 'there', act: 'withdraw', sentence: `${name} is in ${titleOf(stages, target)} already.` }];
  }
  const found: Obstacle[] = [];
  if (roleOf(stages, version.stage) === 'end') {
    const sentence = `${name} was moved to ${titleOf(stages, version.stage)} since. Take it out of there first, or withdraw the request.`;
    found.push({ code: 'archived', act: 'withdraw', sentence });
  }
  if (!(await hasArtifact(version.graphKey))) {
    const sentence = `The file of ${name} is gone from the store, so it can’t be served. Restore it from a backup, or register the version anew.`;
    found.push({ code: 'artifact', act: 'withdraw', sentence });
  }
  const moved = await incumbentMoved(tx, scope, request, titleOf(stages, target));
  if (moved) found.push(moved);
  else if (await gatesChanged(tx, scope, request)) {
    const sentence = 'The gates changed since the evidence was judged. Prepare it anew: the discussion stays.';
    found.push({ code: 'gates', act: 'prepare', sentence });
  }
  if (isServing(stages, target)) {
    const misfit = await signatureMisfit(scope, request);
    if (misfit) found.push(misfit);
  }
  return found;
}

/** The evidence must be about what is in the stage now, or it says nothing about the change that it would make. */
async function incumbentMoved(tx: Tx, scope: ProjectScope, request: RequestRow, title: string): Promise<Obstacle | null> {
  if (request.evidence === null) return null;
  const { modelId } = request.modelVersion;
  const now = await currentVersionIn(tx, scope, { modelId, stage: request.targetStage, exceptId: request.modelVersionId });
  const then = evidenceSchema.parse(request.evidence).incumbent?.versionId ?? null;
  if ((now?.id ?? null) === then) return null;
  const place = title.toLowerCase() === request.targetStage ? request.targetStage : title;
  const sentence = `${now ? `v${now.number}` : 'No version'} is in ${place} since the evidence was prepared, so it compares with the wrong version. Prepare it anew: the discussion stays.`;
  return { code: 'incumbent', act: 'prepare', sentence };
}

async function gatesChanged(tx: Tx, scope: ProjectScope, request: RequestRow): Promise<boolean> {
  const judged = request.evidence === null ? '' : evidenceSchema.parse(request.evidence).gatesHash;
  if (judged === '') return false;
  const { model } = request.modelVersion;
  return (await gatesOfStage(tx, scope, { model, stage: request.targetStage })).hash !== judged;
}

async function signatureMisfit(scope: ProjectScope, request: RequestRow): Promise<Obstacle | null> {
  const { model, modelId, number } = request.modelVersion;
  const plan = await findDeploymentPlan(scope, { modelId, deploymentId: request.deploymentId, plan: null });
  if (!plan) return null;
  const { deployments } = await fitCallers(scope, { model: model.name, number });
  const bad = deployments.find((deployment) => deployment.deployment === plan.deployment && deployment.misfits.length > 0);
  if (!bad) return null;
  const who = bad.wouldBreak.map((caller) => caller.caller).join(', ');
  const sentence = `${bad.sentence} ${who ? `These would break: ${who}. ` : ''}Deploy it under a name of its own, or register a version that takes what they send.`;
  return { code: 'signature', act: 'withdraw', sentence };
}

async function hasArtifact(key: string): Promise<boolean> {
  return objectPath(key).then(
    () => true,
    () => false,
  );
}
