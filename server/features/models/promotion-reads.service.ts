import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { type EvidenceSection, evidenceSectionSchema } from '#server/domain/evidence/section.schema.ts';
import { isServing } from '#server/domain/stages.ts';
import { notFound } from '#server/errors.ts';
import { findDeploymentPlan, findRolloutOfRequest } from '#server/features/deployments/rollout-links.service.ts';
import { describeRuns, getRun } from '#server/features/experiments/runs.service.ts';
import { db } from '#server/platform/db/client.ts';
import { isRunning, standingOf, tallyOf } from './approval.policy.ts';
import { approvalRuleSchema } from './approval.schema.ts';
import { countOpenThreads } from './discussion.repo.ts';
import { type Change, type Evidence, evidenceSchema } from './evidence.schema.ts';
import { lineageOf } from './lineage.service.ts';
import { findStageChanges } from './models.repo.ts';
import { toRequestSummary } from './models.view.ts';
import { mayAnswer, mayApprove, mayDecide, mayPrepareAnew, mayReview, maySpeak, mayWithdraw } from './promotion.policy.ts';
import { decisionsOf, eventsOf, toRequestItem } from './promotion.view.ts';
import { type CaseOf, caseOf, casesOf } from './promotion-case.service.ts';
import { reviewable } from './promotion-emergency.service.ts';
import { findRounds, findSections } from './promotion-evidence.repo.ts';
import { findObstacles } from './promotion-obstacles.service.ts';
import type { RequestRow } from './promotions.repo.ts';
import { findRequest, findRequests } from './promotions.repo.ts';
import type { listRequestsInput, RequestDetail, RequestLists } from './promotions.schema.ts';
import { listStages } from './stages.service.ts';

const SHOWN_CHANGES = 8;

/** Requests by what they wait for. */
export async function listRequests(scope: ProjectScope, input: z.infer<typeof listRequestsInput>): Promise<RequestLists> {
  const all = await findRequests(db, scope, {});
  const rows = input.model ? all.filter((request) => request.modelVersion.model.name === input.model) : all;
  const [cases, threads] = await Promise.all([
    casesOf(db, scope, rows),
    countOpenThreads(
      db,
      scope,
      rows.map((request) => request.id),
    ),
  ]);
  const items = rows.flatMap((request) => {
    const c = cases.get(request.id);
    if (!c) return [];
    const facts = {
      tally: tallyOf(c),
      mayDecide: request.status === 'pending' && mayDecide(scope, c).ok && !hasApproved(c, scope.actor.id),
      mayReview: mayReview(scope, reviewable(request)).ok,
      openThreads: threads.get(request.id) ?? 0,
      own: scope.actor.id !== null && c.requesterIds.includes(scope.actor.id),
    };
    return [toRequestItem(request, facts)];
  });
  const of = (...statuses: string[]) => items.filter((item) => statuses.includes(item.status));
  return {
    waiting: of('pending').reverse(),
    reviews: items.filter((item) => item.review !== null).sort((a, b) => due(a) - due(b)),
    under: of('preparing', 'changes', 'approved'),
    ended: of('completed', 'failed', 'refused', 'withdrawn', 'expired'),
  };
}

/** One request with its frozen evidence and what this person may do about it. @throws NOT_FOUND */
export async function getRequest(scope: ProjectScope, id: string): Promise<RequestDetail> {
  const request = await findRequest(db, scope, id);
  if (!request) throw notFound('promotion request');
  const open = ['pending', 'changes'].includes(request.status);
  const stages = await listStages(scope);
  const [c, lineage, plan, rollout, changes, rounds, obstacles, training] = await Promise.all([
    caseOf(db, scope, request),
    lineageOf(scope, request.modelVersion),
    isServing(stages, request.targetStage) ? planOf(scope, request) : null,
    findRolloutOfRequest(scope, request.id),
    findStageChanges(db, scope, [request.modelVersionId]),
    findRounds(db, scope, request.id),
    open ? findObstacles(db, scope, request) : [],
    trainingOf(scope, request.modelVersion.runId),
  ]);
  const evidence = request.evidence === null ? null : evidenceSchema.parse(request.evidence);
  const tally = tallyOf(c);
  const gates = evidence?.gates ?? [];
  return {
    ...toRequestSummary(request),
    versionId: request.modelVersionId,
    stage: request.modelVersion.stage,
    evidence: evidence && withFewChanges(evidence),
    evidenceHash: request.evidenceHash,
    round: request.round,
    rounds,
    lineage,
    training,
    plan,
    rollout,
    rule: request.rule === null ? c.rule : approvalRuleSchema.parse(request.rule),
    decisions: decisionsOf(c, tally, { open, me: scope.actor.id }),
    approvals: { given: tally.counted.length, needed: tally.needed, open: open ? tally.open : [], reachable: tally.reachable },
    standsFor: standsFor(c, scope.actor.id),
    obstacles,
    accepted: (request.accepted ?? {}) as Record<string, string>,
    expiresAt: request.expiresAt,
    emergency: request.emergency,
    review: reviewOf(request),
    may: {
      approve: mayApprove(scope, c, { status: request.status, gates, obstacles }),
      refuse: maySpeak(scope, c, request.status, 'refuse'),
      changes: maySpeak(scope, c, request.status, 'ask-changes'),
      answer: mayAnswer(scope, request),
      withdraw: mayWithdraw(scope, request),
      prepare: mayPrepareAnew(scope, request),
      review: mayReview(scope, reviewable(request)),
    },
    soFar: eventsOf(request, evidence, { changes, decisions: c.decisions, rounds }),
  };
}

/** The sections of the suite that were frozen with a request, in the round that holds. @throws NOT_FOUND */
export async function getSections(scope: ProjectScope, id: string): Promise<EvidenceSection[]> {
  const request = await findRequest(db, scope, id);
  if (!request) throw notFound('promotion request');
  const kept = await findSections(db, scope, { requestId: id, round: request.round });
  return kept === null ? [] : evidenceSectionSchema.array().parse(kept);
}

/** All the rows of the evidence whose answer would change. @throws NOT_FOUND */
export async function getChanges(scope: ProjectScope, id: string): Promise<Change[]> {
  const request = await findRequest(db, scope, id);
  if (!request) throw notFound('promotion request');
  return request.evidence === null ? [] : (evidenceSchema.parse(request.evidence).changes?.rows ?? []);
}

function withFewChanges(evidence: Evidence): Evidence {
  if (!evidence.changes) return evidence;
  return { ...evidence, changes: { ...evidence.changes, rows: evidence.changes.rows.slice(0, SHOWN_CHANGES) } };
}

function planOf(scope: ProjectScope, request: RequestRow) {
  const { modelId } = request.modelVersion;
  return findDeploymentPlan(scope, { modelId, deploymentId: request.deploymentId, plan: request.plan });
}

async function trainingOf(scope: ProjectScope, runId: string | null): Promise<RequestDetail['training']> {
  const [known] = runId ? await describeRuns(scope, [runId]) : [];
  if (!known) return null;
  const run = await getRun(scope, { experiment: known.experiment, run: known.name });
  return {
    run: run.name,
    experiment: run.experiment,
    by: run.createdBy,
    endedAt: run.endedAt,
    dataset: run.dataset ? `${run.dataset.name} v${run.dataset.number}` : null,
    params: run.params,
  };
}

function standsFor(c: CaseOf, me: string | null): { id: string; name: string }[] {
  if (!me) return [];
  return c.delegations
    .filter((one) => one.toId === me && isRunning(one, c.now))
    .filter((one) => standingOf(c, me, { wishedId: one.fromId }).ok)
    .map((one) => ({ id: one.fromId, name: one.fromName }));
}

function hasApproved(c: CaseOf, me: string | null): boolean {
  return c.votes.findLast((vote) => vote.round === c.round && vote.personId === me)?.verdict === 'approve';
}

function reviewOf(request: RequestRow): RequestDetail['review'] {
  if (!request.reviewDueAt) return null;
  const verdict = request.reviewVerdict === 'justified' || request.reviewVerdict === 'unjustified' ? request.reviewVerdict : null;
  return {
    dueAt: request.reviewDueAt,
    at: request.reviewedAt,
    by: request.reviewedByName,
    verdict,
    text: request.reviewText,
  };
}

function due(item: RequestLists['reviews'][number]): number {
  return item.review?.dueAt.getTime() ?? 0;
}
