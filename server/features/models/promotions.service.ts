import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { isServing } from '#server/domain/stages.ts';
import { DomainError } from '#server/errors.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { chooseDeployment } from '#server/features/deployments/rollouts.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { transaction } from '#server/platform/db/client.ts';
import { ruleFor } from './approval-rules.service.ts';
import { findTokenMaker } from './approvals.repo.ts';
import { measure } from './promotion-measure.service.ts';
import { record } from './promotion-record.service.ts';
import { findOpenRequests, insertRequest } from './promotions.repo.ts';
import type { requestPromotionInput } from './promotions.schema.ts';
import { holdModel, requireVersion } from './registry.service.ts';
import { canAskFor } from './stage.policy.ts';
import { listStages } from './stages.service.ts';

/**
 * Asks to move a version up. Its evidence is prepared by a job: then staging is reached by itself when every gate
 * passes, and production waits for a reviewer.
 * @throws INVALID, NOT_FOUND, CONFLICT when the version has an open request
 */
export async function requestPromotion(
  scope: ProjectScope,
  input: z.infer<typeof requestPromotionInput>,
): Promise<{ id: string }> {
  const seen = await transaction((tx) => requireVersion(tx, scope, input.model, input.number));
  const evaluation =
    input.evaluation ?? (seen.datasetVersionId ? { datasetVersionId: seen.datasetVersionId, split: 'test' } : null);
  if (!evaluation) {
    throw new DomainError(
      'INVALID',
      `It isn't known what ${input.model} v${input.number} learned from. Say on which dataset version and part to evaluate it.`,
    );
  }
  await assertPart(scope, evaluation);
  return transaction(async (tx) => {
    const model = await holdModel(tx, scope, input.model);
    const version = await requireVersion(tx, scope, input.model, input.number);
    const stages = await listStages(scope, tx);
    const may = canAskFor(stages, version.stage, input.target);
    if (!may.ok) throw new DomainError('INVALID', `${model.name} v${version.number}: ${may.why}`);
    const open = (await findOpenRequests(tx, scope, model.id)).find((request) => request.modelVersionId === version.id);
    if (open) {
      throw new DomainError(
        'CONFLICT',
        `${open.requestedByName} asked to move ${model.name} v${version.number} to ${open.targetStage} already, and that is ${open.status}.`,
        { requestId: open.id },
      );
    }
    if (input.emergency) await assertEmergency(tx, scope, { modelId: model.id, stage: input.target });
    const request = await insertRequest(tx, scope, {
      modelVersionId: version.id,
      targetStage: input.target,
      reason: input.reason,
      plan: input.plan ?? null,
      deploymentId: isServing(stages, input.target) ? await deploymentId(tx, scope, model.id, input.deployment) : null,
      evaluationSplit: evaluation,
      responsibleId: scope.actor.kind === 'token' && scope.actor.id ? await findTokenMaker(tx, scope, scope.actor.id) : null,
      emergency: input.emergency ?? null,
    });
    // Unless other rows are asked for, the suite is run on its own gold.
    const usual = evaluation.datasetVersionId === version.datasetVersionId && evaluation.split === 'test';
    const gold = usual ? {} : { gold: evaluation };
    await measure(tx, scope, { request, modelId: model.id, stage: input.target, reason: input.reason, ...gold });
    await record(
      tx,
      scope,
      { id: request.id, name: `${model.name} v${version.number} to ${input.target}` },
      'requested',
      input.reason,
      input.emergency ? { emergency: input.emergency } : {},
    );
    return { id: request.id };
  });
}

async function deploymentId(tx: Tx, scope: ProjectScope, modelId: string, name: string | undefined): Promise<string | null> {
  const chosen = await chooseDeployment(tx, scope, { modelId, deploymentId: null, ...(name ? { name } : {}) });
  return chosen?.id ?? null;
}

async function assertPart(scope: ProjectScope, evaluation: { datasetVersionId: string; split: string }): Promise<void> {
  const version = await getReadyVersion(scope, evaluation.datasetVersionId);
  const parts = version.split?.parts ?? [];
  const name = `${version.dataset} v${version.number}`;
  if (!version.columns.some((column) => column.kind === 'label')) {
    throw new DomainError('INVALID', `${name} has no labels, so nothing can be judged on it.`);
  }
  if (parts.some((part) => part.name === evaluation.split && part.rows > 0)) return;
  const has = parts.map((part) => part.name).join(', ') || 'none';
  throw new DomainError(
    'INVALID',
    `${name} has no part ${evaluation.split} (its parts: ${has}). Split it anew, or say another part.`,
  );
}

async function assertEmergency(tx: Tx, scope: ProjectScope, o: { modelId: string; stage: string }): Promise<void> {
  const rule = await ruleFor(tx, scope, o);
  if (rule.emergency.allowed) return;
  throw new DomainError('INVALID', `The rule of ${o.stage} allows no emergency. Ask for it the usual way.`);
}
