import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { notFound } from '#server/errors.ts';
import { findDeploymentPlan, findRolloutOfRequest } from '#server/features/deployments/rollout-links.service.ts';
import { db } from '#server/platform/db/client.ts';
import { evidenceSchema } from './evidence.schema.ts';
import { lineageOf } from './lineage.service.ts';
import { findStageChanges } from './models.repo.ts';
import { toRequestSummary } from './models.view.ts';
import { mayApprove, mayDecide, mayWithdraw } from './promotion.policy.ts';
import type { RequestRow } from './promotions.repo.ts';
import { findRequest, findRequests } from './promotions.repo.ts';
import type { listRequestsInput, RequestDetail, RequestLists } from './promotions.schema.ts';
import { stageRole } from './stages.service.ts';

/** Requests by what they wait for. */
export async function listRequests(scope: ProjectScope, input: z.infer<typeof listRequestsInput>): Promise<RequestLists> {
  const all = await findRequests(db, scope, {});
  const rows = input.model ? all.filter((request) => request.modelVersion.model.name === input.model) : all;
  const of = (...statuses: string[]) => rows.filter((request) => statuses.includes(request.status));
  return {
    waiting: of('pending')
      .reverse()
      .map((request) => ({ ...toRequestSummary(request), mayDecide: mayDecide(scope, request).ok })),
    under: of('preparing', 'approved').map(toRequestSummary),
    ended: of('completed', 'failed', 'refused', 'withdrawn').map(toRequestSummary),
  };
}

/** One request with its frozen evidence and what this person may do about it. @throws NOT_FOUND */
export async function getRequest(scope: ProjectScope, id: string): Promise<RequestDetail> {
  const request = await findRequest(db, scope, id);
  if (!request) throw notFound('promotion request');
  const [lineage, plan, rollout, soFar] = await Promise.all([
    lineageOf(scope, request.modelVersion),
    (await stageRole(scope, request.targetStage)) === 'serving'
      ? findDeploymentPlan(scope, {
          modelId: request.modelVersion.modelId,
          deploymentId: request.deploymentId,
          plan: request.plan,
        })
      : null,
    findRolloutOfRequest(scope, request.id),
    historyOf(scope, request),
  ]);
  return {
    ...toRequestSummary(request),
    versionId: request.modelVersionId,
    stage: request.modelVersion.stage,
    evidence: request.evidence === null ? null : evidenceSchema.parse(request.evidence),
    lineage,
    plan,
    rollout,
    may: { approve: mayApprove(scope, request), refuse: mayDecide(scope, request), withdraw: mayWithdraw(scope, request) },
    soFar,
  };
}

async function historyOf(scope: ProjectScope, request: RequestRow): Promise<RequestDetail['soFar']> {
  const evidence = request.evidence === null ? null : evidenceSchema.parse(request.evidence);
  const changes = await findStageChanges(db, scope, [request.modelVersionId]);
  const events = [
    { at: request.requestedAt, what: `Asked for by ${request.requestedByName}`, note: null },
    ...changes.map((change) => ({
      at: change.at,
      what: `${change.from} to ${change.to}, by ${change.actorName}`,
      note: change.reason,
    })),
  ];
  if (evidence) {
    const passed = evidence.gates.filter((gate) => gate.passed).length;
    events.push({
      at: new Date(evidence.preparedAt),
      what: `Gates run, ${passed} of ${evidence.gates.length} passed`,
      note: null,
    });
  }
  if (request.decidedAt && request.decidedByName) {
    const verb = { refused: 'Refused', withdrawn: 'Withdrawn' }[request.status as string] ?? 'Approved';
    events.push({ at: request.decidedAt, what: `${verb} by ${request.decidedByName}`, note: request.decisionReason });
  }
  if (request.error && request.endedAt) events.push({ at: request.endedAt, what: 'Ended', note: request.error });
  return events.sort((a, b) => b.at.getTime() - a.at.getTime());
}
