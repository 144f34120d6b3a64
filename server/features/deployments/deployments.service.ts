import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { isServing, roleOf } from '#server/domain/stages.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { holdModel, listModelsWithVersions, listVersionsById } from '#server/features/models/registry.service.ts';
import { currentServing, listStages } from '#server/features/models/stages.service.ts';
import { db, type Tx, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import type { DeploymentRow } from './deployments.repo.ts';
import {
  findDeployment,
  findDeploymentById,
  findDeployments,
  freeArchivedName,
  insertDeployment,
  lockDeployment,
  updatePlan,
} from './deployments.repo.ts';
import type {
  archiveDeploymentInput,
  beginningsOutput,
  createDeploymentInput,
  createDeploymentOutput,
  DeploymentDetail,
  DeploymentSummary,
  updatePlanInput,
} from './deployments.schema.ts';
import { toDeploymentSummary, toRolloutSummary, toVersionRef } from './deployments.view.ts';
import { exampleInstance } from './example.service.ts';
import { DEFAULT_PLAN, rolloutPlanSchema } from './plan.schema.ts';
import { findCompletedRollout, findLiveRollout, findRollouts } from './rollouts.repo.ts';
import { changeRouting } from './routing.service.ts';
import { gatewayUrl, servingOf } from './serving.service.ts';

/** @throws NOT_FOUND */
export async function requireDeployment(tx: Tx, scope: ProjectScope, name: string): Promise<DeploymentRow> {
  const deployment = await findDeployment(tx, scope, name);
  if (!deployment) throw notFound(`deployment ${name}`);
  return deployment;
}

/** By its id, with its model, for slices that keep one. @throws NOT_FOUND */
export async function getDeploymentById(scope: ProjectScope, id: string): Promise<DeploymentRow> {
  const deployment = await findDeploymentById(db, scope, id);
  if (!deployment) throw notFound('deployment');
  return deployment;
}

/** Every deployment of the project with what answers and what is being rolled out. */
export async function listDeployments(scope: ProjectScope): Promise<DeploymentSummary[]> {
  const rows = await findDeployments(db, scope);
  const ids = rows.flatMap((row) => [
    row.primaryVersionId,
    ...row.rollouts.flatMap((rollout) => [rollout.baselineVersionId, rollout.candidateVersionId]),
  ]);
  const versions = await versionsOf(scope, ids);
  return rows.map((row) => toDeploymentSummary(row, row.rollouts[0], versions));
}

/** One deployment with its plan, the state of its gateways, an example call and all its rollouts. @throws NOT_FOUND */
export async function getDeployment(scope: ProjectScope, name: string): Promise<DeploymentDetail> {
  const row = await requireDeployment(db, scope, name);
  const rollouts = await findRollouts(db, scope, [row.id]);
  const versions = await versionsOf(scope, [
    row.primaryVersionId,
    ...rollouts.flatMap((rollout) => [rollout.baselineVersionId, rollout.candidateVersionId]),
  ]);
  const live = rollouts.find((rollout) => rollout.status === 'running' || rollout.status === 'paused');
  const primary = row.primaryVersionId ? versions.get(row.primaryVersionId) : undefined;
  const signature = primary ? signatureSchema.parse(primary.signature) : null;
  const back = row.primaryVersionId && !live ? await versionBefore(db, scope, row) : null;
  return {
    ...toDeploymentSummary(row, live, versions),
    version: row.version,
    plan: rolloutPlanSchema.parse(row.plan),
    signature,
    serving: await servingOf(row),
    example: {
      gatewayUrl: await gatewayUrl(),
      instance:
        primary && signature ? await exampleInstance(scope, { signature, datasetVersionId: primary.datasetVersionId }) : {},
    },
    rollouts: rollouts.map((rollout) => toRolloutSummary(rollout, versions)),
    goBackTo: back ? toVersionRef(back, versions) : null,
  };
}

/** The version that answered before the present one, as the last completed rollout says; null when there is none. */
export async function versionBefore(tx: Tx, scope: ProjectScope, row: DeploymentRow): Promise<string | null> {
  if (!row.primaryVersionId) return null;
  const last = await findCompletedRollout(tx, scope, { deploymentId: row.id, candidateVersionId: row.primaryVersionId });
  return last?.baselineVersionId ?? null;
}

/**
 * Makes a name that programs can call. The model's version in production answers at once; without one, the first that
 * is approved for production will.
 * @throws NOT_FOUND, CONFLICT when the name is taken
 */
export async function createDeployment(
  scope: ProjectScope,
  input: z.infer<typeof createDeploymentInput>,
): Promise<z.infer<typeof createDeploymentOutput>> {
  return transaction(async (tx) => {
    const model = await holdModel(tx, scope, input.model);
    const taken = await findDeployment(tx, scope, input.name);
    if (taken)
      throw new DomainError(
        'CONFLICT',
        `There is a deployment ${input.name} already, of model ${taken.model.name}. Choose another name.`,
      );
    await freeArchivedName(tx, scope, input.name);
    const primary = await currentServing(tx, scope, model.id);
    const made = await insertDeployment(tx, scope, {
      name: input.name,
      modelId: model.id,
      plan: input.plan ?? DEFAULT_PLAN,
      primaryVersionId: primary?.id ?? null,
    });
    await changeRouting(tx, scope, { id: made.id });
    await recordAudit(tx, scope, {
      action: 'deployment.created',
      target: { type: 'deployment', id: made.id, name: made.name },
      details: { model: model.name, primary: primary?.number ?? null },
    });
    return {
      id: made.id,
      name: made.name,
      primary: primary ? { id: primary.id, number: primary.number, stage: primary.stage } : null,
    };
  });
}

/** Changes steps and limits for rollouts to come; one under way keeps its own. @throws CONFLICT */
export async function changePlan(scope: ProjectScope, input: z.infer<typeof updatePlanInput>): Promise<void> {
  await transaction(async (tx) => {
    const row = await requireDeployment(tx, scope, input.deployment);
    const changed = await updatePlan(tx, scope, { id: row.id, expectedVersion: input.expectedVersion, plan: input.plan });
    if (!changed) {
      throw new DomainError(
        'CONFLICT',
        `${row.name} was changed by somebody else since you opened it. Look at it again, then save.`,
      );
    }
    await recordAudit(tx, scope, {
      action: 'deployment.plan-changed',
      target: { type: 'deployment', id: row.id, name: row.name },
      details: { from: row.plan, to: input.plan },
    });
    await publish(tx, { projectId: scope.projectId, type: 'deployment.changed', id: row.id });
  });
}

/** Takes a deployment out of service; its log and its history stay. @throws CONFLICT while a rollout is under way */
export async function archiveDeployment(scope: ProjectScope, input: z.infer<typeof archiveDeploymentInput>): Promise<void> {
  await transaction(async (tx) => {
    const seen = await requireDeployment(tx, scope, input.deployment);
    await holdModel(tx, scope, seen.model.name);
    await lockDeployment(tx, scope, seen.id);
    const live = await findLiveRollout(tx, scope, seen.id);
    if (live) throw new DomainError('CONFLICT', `Rollout ${live.number} of ${seen.name} is under way. Roll it back first.`);
    await changeRouting(tx, scope, { id: seen.id, archivedAt: new Date() });
    await recordAudit(tx, scope, {
      action: 'deployment.archived',
      target: { type: 'deployment', id: seen.id, name: seen.name },
      reason: input.reason,
    });
  });
}

/** What is ready to be deployed, for a project that serves nothing yet. */
export async function listBeginnings(scope: ProjectScope): Promise<z.infer<typeof beginningsOutput>> {
  const [models, stages] = await Promise.all([listModelsWithVersions(scope), listStages(scope)]);
  const ready = [];
  for (const model of models) {
    const version =
      model.versions.find(({ stage }) => isServing(stages, stage)) ??
      model.versions.find(({ stage }) => roleOf(stages, stage) !== 'end');
    if (!version) continue;
    const signature = signatureSchema.parse(version.signature);
    const instance = await exampleInstance(scope, { signature, datasetVersionId: version.datasetVersionId });
    ready.push({ model: model.name, number: version.number, stage: version.stage, instance });
  }
  return { gatewayUrl: await gatewayUrl(), ready };
}

async function versionsOf(scope: ProjectScope, ids: (string | null)[]) {
  const versions = await listVersionsById(
    db,
    scope,
    ids.filter((id) => id !== null),
  );
  return new Map(versions.map((version) => [version.id, version]));
}
