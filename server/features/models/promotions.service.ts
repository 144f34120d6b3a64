import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { isServing } from '#server/domain/stages.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { rolloutPlanSchema } from '#server/features/deployments/plan.schema.ts';
import { bringToProduction, chooseDeployment, type Started } from '#server/features/deployments/rollouts.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { enqueue } from '#server/platform/queue/queue.ts';
import { evidenceSchema } from './evidence.schema.ts';
import { mayApprove, mayDecide, mayWithdraw } from './promotion.policy.ts';
import { prepareEvidenceJob } from './promotions.jobs.ts';
import type { RequestChange, RequestRow } from './promotions.repo.ts';
import { findOpenRequests, findRequest, insertRequest, lockRequest, updateRequest } from './promotions.repo.ts';
import type { decideInput, decideOutput, requestPromotionInput, withdrawInput } from './promotions.schema.ts';
import { holdModel, requireVersion } from './registry.service.ts';
import { canAskFor, type May } from './stage.policy.ts';
import { currentVersionIn, listStages } from './stages.service.ts';

type Decided = z.infer<typeof decideOutput>;

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
    const request = await insertRequest(tx, scope, {
      modelVersionId: version.id,
      targetStage: input.target,
      reason: input.reason,
      plan: input.plan ?? null,
      deploymentId: isServing(stages, input.target) ? await deploymentId(tx, scope, model.id, input.deployment) : null,
      evaluationSplit: evaluation,
    });
    await enqueue(tx, prepareEvidenceJob, { projectId: scope.projectId, projectName: scope.projectName, requestId: request.id });
    await record(
      tx,
      scope,
      { id: request.id, name: `${model.name} v${version.number} to ${input.target}` },
      'requested',
      input.reason,
    );
    return { id: request.id };
  });
}

/**
 * Approves a request, and begins what it asked for in the same transaction.
 * @throws FORBIDDEN (no right, or the one who asked), CONFLICT (decided, withdrawn, or the evidence is out of date)
 */
export async function approvePromotion(scope: ProjectScope, input: z.infer<typeof decideInput>): Promise<Decided> {
  return transaction(async (tx) => {
    const request = await holdRequest(tx, scope, input.id);
    assertMay(mayApprove(scope, request), request);
    await assertFresh(tx, scope, request);
    const started = await begin(tx, scope, request, input.reason);
    const done = started.kind === 'at-once';
    const decided = { status: done ? ('completed' as const) : ('approved' as const), ...(done ? { endedAt: new Date() } : {}) };
    await decide(tx, scope, request, { ...decided, ...decision(scope, input.reason) }, 'approved');
    return { id: request.id, status: decided.status, rollout: started.kind === 'rollout' ? started : null };
  });
}

/** Refuses a request. @throws FORBIDDEN, CONFLICT as `approvePromotion` */
export async function refusePromotion(scope: ProjectScope, input: z.infer<typeof decideInput>): Promise<Decided> {
  return transaction(async (tx) => {
    const request = await holdRequest(tx, scope, input.id);
    assertMay(mayDecide(scope, request), request);
    await decide(tx, scope, request, { status: 'refused', endedAt: new Date(), ...decision(scope, input.reason) }, 'refused');
    return { id: request.id, status: 'refused', rollout: null };
  });
}

/** Takes an undecided request back. @throws FORBIDDEN, CONFLICT when it was decided meanwhile */
export async function withdrawPromotion(scope: ProjectScope, input: z.infer<typeof withdrawInput>): Promise<Decided> {
  return transaction(async (tx) => {
    const request = await holdRequest(tx, scope, input.id);
    assertMay(mayWithdraw(scope, request), request);
    const reason = input.reason || 'Withdrawn.';
    await decide(tx, scope, request, { status: 'withdrawn', endedAt: new Date(), ...decision(scope, reason) }, 'withdrawn');
    return { id: request.id, status: 'withdrawn', rollout: null };
  });
}

/** A request with its model's row held, read after the wait. @throws NOT_FOUND */
export async function holdRequest(tx: Tx, scope: ProjectScope, id: string): Promise<RequestRow> {
  const seen = await findRequest(tx, scope, id);
  if (!seen) throw notFound('promotion request');
  await holdModel(tx, scope, seen.modelVersion.model.name);
  await lockRequest(tx, scope, id);
  const request = await findRequest(tx, scope, id);
  if (!request) throw notFound('promotion request');
  return request;
}

/** What a request is called in the record. */
export function requestName(request: RequestRow): string {
  return `${request.modelVersion.model.name} v${request.modelVersion.number} to ${request.targetStage}`;
}

/** One audit entry and one event for something that happened to a request. */
export async function record(
  tx: Tx,
  scope: ProjectScope,
  request: { id: string; name: string },
  what: string,
  reason: string,
  details: Record<string, unknown> = {},
): Promise<void> {
  await recordAudit(tx, scope, {
    action: `promotion.${what}`,
    target: { type: 'promotion_request', id: request.id, name: request.name },
    reason,
    details,
  });
  await publish(tx, { projectId: scope.projectId, type: 'promotion.request', id: request.id });
}

function decision(scope: ProjectScope, reason: string) {
  return { decidedById: scope.actor.id, decidedByName: scope.actor.name, decidedAt: new Date(), decisionReason: reason };
}

async function decide(tx: Tx, scope: ProjectScope, request: RequestRow, change: RequestChange, what: string): Promise<void> {
  const changed = await updateRequest(tx, scope, { id: request.id, from: [request.status], change });
  if (!changed) throw alreadyDecided(request);
  await record(tx, scope, { id: request.id, name: requestName(request) }, what, change.decisionReason ?? '', {
    evidence: request.evidence ? 'frozen with the request' : 'none',
    gatesPassed: request.gatesPassed,
  });
}

function begin(tx: Tx, scope: ProjectScope, request: RequestRow, reason: string): Promise<Started> {
  return bringToProduction(tx, scope, {
    modelId: request.modelVersion.modelId,
    versionId: request.modelVersionId,
    requestId: request.id,
    deploymentId: request.deploymentId,
    plan: request.plan === null ? null : rolloutPlanSchema.parse(request.plan),
    reason: `Approved by ${scope.actor.name}: ${reason}`,
  });
}

/** The evidence must be about what is in the stage now, or it says nothing about the change that it would make. */
async function assertFresh(tx: Tx, scope: ProjectScope, request: RequestRow): Promise<void> {
  const { modelId } = request.modelVersion;
  const now = await currentVersionIn(tx, scope, { modelId, stage: request.targetStage, exceptId: request.modelVersionId });
  const then = evidenceSchema.parse(request.evidence).incumbent?.versionId ?? null;
  if ((now?.id ?? null) === then) return;
  throw new DomainError(
    'CONFLICT',
    `${now ? `v${now.number}` : 'No version'} is in ${request.targetStage} since the evidence was prepared, so it compares with the wrong version. Ask for the request to be made anew.`,
  );
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

function assertMay(may: May, request: RequestRow): void {
  if (may.ok) return;
  if (!['preparing', 'pending'].includes(request.status)) throw alreadyDecided(request);
  throw new DomainError(request.status === 'preparing' ? 'CONFLICT' : 'FORBIDDEN', may.why);
}

function alreadyDecided(request: RequestRow): DomainError {
  const who = request.decidedByName ? ` by ${request.decidedByName}` : '';
  const why = request.decisionReason ? `: ${request.decisionReason}` : '.';
  return new DomainError('CONFLICT', `This request was ${request.status}${who} already${why}`, {
    status: request.status,
    decidedBy: request.decidedByName,
    decidedAt: request.decidedAt,
  });
}
