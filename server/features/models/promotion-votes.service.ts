import type { z } from 'zod';
import { type ProjectScope, personOf } from '#server/auth/actor.ts';
import { isServing } from '#server/domain/stages.ts';
import { DomainError } from '#server/errors.ts';
import { rolloutPlanSchema } from '#server/features/deployments/plan.schema.ts';
import { findRolloutOfRequest } from '#server/features/deployments/rollout-links.service.ts';
import { bringToProduction, type Started } from '#server/features/deployments/rollouts.service.ts';
import { type Tx, transaction } from '#server/platform/db/client.ts';
import { standingOf, statesFor, tallyOf } from './approval.policy.ts';
import type { Verdict } from './approval.schema.ts';
import { insertDecision } from './approvals.repo.ts';
import { openThread } from './discussion.service.ts';
import { evidenceSchema } from './evidence.schema.ts';
import { gatesAllow, gatesToAccept, mayDecide } from './promotion.policy.ts';
import { type CaseOf, caseOf, toVote } from './promotion-case.service.ts';
import { tellDecided, tellVoters } from './promotion-news.service.ts';
import { findObstacles } from './promotion-obstacles.service.ts';
import { assertAct, holdRequest, record, requestName } from './promotion-record.service.ts';
import type { RequestRow } from './promotions.repo.ts';
import { updateRequest } from './promotions.repo.ts';
import type { changesInput, decideInput, decideOutput } from './promotions.schema.ts';
import { listStages, setStage } from './stages.service.ts';

type Decided = z.infer<typeof decideOutput>;

/**
 * Approves a request. With the last approval that its rule asks for, what was asked for begins in the same transaction.
 * The same person approving twice (a double click) gives one approval.
 * @throws FORBIDDEN (no right, barred, a blocking gate), INVALID (a failed gate without a reason), CONFLICT (decided,
 * withdrawn, or something has changed since the evidence was prepared)
 */
export async function approvePromotion(scope: ProjectScope, input: z.infer<typeof decideInput>): Promise<Decided> {
  return transaction(async (tx) => {
    const request = await holdRequest(tx, scope, input.id);
    const c = await caseOf(tx, scope, request, { hold: true });
    const mine = myWord(c, scope);
    const again = mine?.verdict === 'approve' && (input.forId ?? mine.forId) === mine.forId;
    if (again && !(request.status === 'pending' && tallyOf(c).enough)) return stateOf(scope, request, c);
    if (request.status !== 'pending') assertAct(request, 'approve');
    if (mine?.verdict === 'approve' && !again)
      throw new DomainError('CONFLICT', 'You approved this already. One person has one vote, for whomever they stand in.');
    const as = assertStanding(scope, c, input.forId, !again);
    const evidence = evidenceSchema.parse(request.evidence);
    const accepted = { ...acceptedOf(c), ...(input.accepted ?? {}) };
    const allowed = gatesAllow(evidence.gates, c.emergency);
    if (!allowed.ok) throw new DomainError('FORBIDDEN', allowed.why);
    const [missing] = gatesToAccept(evidence.gates, accepted, c.emergency);
    if (missing)
      throw new DomainError('INVALID', `“${missing.title}” doesn’t pass. Say why it is acceptable, for this gate by name.`, {
        gate: missing.id,
      });
    const [obstacle] = await findObstacles(tx, scope, request);
    if (obstacle) throw new DomainError('CONFLICT', obstacle.sentence, { obstacle: obstacle.code, act: obstacle.act });
    if (!again)
      await say(tx, scope, { request, c, as, verdict: 'approve', reason: input.reason, accepted: input.accepted ?? {} });
    const tally = tallyOf(c);
    if (!tally.enough) {
      await record(tx, scope, { id: request.id, name: requestName(request) }, 'approval-given', input.reason, {
        approvals: `${tally.counted.length} of ${tally.needed}`,
        for: as?.name ?? null,
        accepted: input.accepted ?? {},
      });
      await tellVoters(tx, scope, request, tally);
      return stateOf(scope, request, c);
    }
    return promote(tx, scope, { request, c, reason: input.reason, accepted });
  });
}

/** Refuses a request: one refusal of somebody who may decide ends it. @throws FORBIDDEN, CONFLICT as `approvePromotion` */
export async function refusePromotion(scope: ProjectScope, input: z.infer<typeof decideInput>): Promise<Decided> {
  return transaction(async (tx) => {
    const request = await holdRequest(tx, scope, input.id);
    const c = await caseOf(tx, scope, request, { hold: true });
    if (request.status === 'refused' && myWord(c, scope)?.verdict === 'refuse') return stateOf(scope, request, c);
    if (!statesFor('refuse').includes(request.status)) assertAct(request, 'refuse');
    const as = assertStanding(scope, c, input.forId, false);
    await say(tx, scope, { request, c, as, verdict: 'refuse', reason: input.reason, accepted: {} });
    await close(tx, scope, {
      request,
      c,
      status: 'refused',
      reason: input.reason,
      what: 'refused',
      details: { for: as?.name ?? null },
    });
    return stateOf(scope, { ...request, status: 'refused' }, c);
  });
}

/** Asks for changes before deciding: the request waits for an answer. What is wished opens a thread. */
export async function askChanges(scope: ProjectScope, input: z.infer<typeof changesInput>): Promise<Decided> {
  return transaction(async (tx) => {
    const request = await holdRequest(tx, scope, input.id);
    const c = await caseOf(tx, scope, request, { hold: true });
    if (request.status === 'changes' && myWord(c, scope)?.verdict === 'changes') return stateOf(scope, request, c);
    assertAct(request, 'ask-changes');
    const as = assertStanding(scope, c, input.forId, false);
    await say(tx, scope, { request, c, as, verdict: 'changes', reason: input.reason, accepted: {} });
    await updateRequest(tx, scope, { id: request.id, from: statesFor('ask-changes'), change: { status: 'changes' } });
    await openThread(tx, scope, { request, about: input.about ?? null, body: input.reason, kind: 'changes' });
    await record(tx, scope, { id: request.id, name: requestName(request) }, 'changes-requested', input.reason);
    return stateOf(scope, { ...request, status: 'changes' }, c);
  });
}

type Word = {
  request: RequestRow;
  c: CaseOf;
  as: { id: string; name: string } | null;
  verdict: Verdict;
  reason: string;
  accepted: Record<string, string>;
};

/** Keeps one word of one person, and lets the case know of it. */
async function say(tx: Tx, scope: ProjectScope, o: Word): Promise<void> {
  const me = personOf(scope.actor);
  const row = await insertDecision(tx, scope, {
    requestId: o.request.id,
    round: o.request.round,
    verdict: o.verdict,
    personId: me.id,
    personName: me.name,
    forId: o.as?.id ?? null,
    forName: o.as?.name ?? null,
    reason: o.reason,
    accepted: o.accepted,
    evidenceHash: o.request.evidenceHash,
  });
  o.c.decisions = [...o.c.decisions, row];
  o.c.votes = [...o.c.votes, toVote(row)];
}

async function promote(
  tx: Tx,
  scope: ProjectScope,
  o: { request: RequestRow; c: CaseOf; reason: string; accepted: Record<string, string> },
): Promise<Decided> {
  const { request, c } = o;
  const started = await begin(tx, scope, request, o.reason);
  const done = started.kind === 'at-once';
  const tally = tallyOf(c);
  await close(tx, scope, {
    request,
    c,
    status: done ? 'completed' : 'approved',
    reason: o.reason,
    what: 'approved',
    change: {
      accepted: o.accepted,
      ...(c.emergency ? { reviewDueAt: new Date(c.now.getTime() + c.rule.emergency.reviewDays * 86_400_000) } : {}),
    },
    details: {
      approvals: tally.counted.map((vote) => (vote.forName ? `${vote.personName} for ${vote.forName}` : vote.personName)),
      needed: tally.needed,
      accepted: o.accepted,
      emergency: request.emergency,
    },
  });
  const status = done ? ('completed' as const) : ('approved' as const);
  return { id: request.id, status, rollout: started.kind === 'rollout' ? started : null, approvals: figuresOf(c) };
}

async function close(
  tx: Tx,
  scope: ProjectScope,
  o: {
    request: RequestRow;
    c: CaseOf;
    status: 'completed' | 'approved' | 'refused';
    reason: string;
    what: string;
    change?: { accepted: Record<string, string>; reviewDueAt?: Date };
    details: Record<string, unknown>;
  },
): Promise<void> {
  const { request } = o;
  const change = {
    ...(o.change ?? {}),
    status: o.status,
    rule: o.c.rule,
    expiresAt: null,
    decidedById: scope.actor.id,
    decidedByName: scope.actor.name,
    decidedAt: new Date(),
    decisionReason: o.reason,
    ...(o.status === 'approved' ? {} : { endedAt: new Date() }),
  };
  const act = o.status === 'refused' ? 'refuse' : 'approve';
  const changed = await updateRequest(tx, scope, { id: request.id, from: statesFor(act), change });
  if (!changed) assertAct(request, act);
  await record(tx, scope, { id: request.id, name: requestName(request) }, o.what, o.reason, {
    ...o.details,
    evidence: request.evidenceHash ?? 'none',
    gatesPassed: request.gatesPassed,
  });
  await tellDecided(tx, scope, request, { status: o.status, reason: o.reason });
}

async function begin(tx: Tx, scope: ProjectScope, request: RequestRow, reason: string): Promise<Started> {
  const why = `Approved by ${scope.actor.name}: ${reason}`;
  if (!isServing(await listStages(scope, tx), request.targetStage)) {
    await setStage(tx, scope, { versionId: request.modelVersionId, to: request.targetStage, reason: why, requestId: request.id });
    return { kind: 'at-once', deployment: null };
  }
  return bringToProduction(tx, scope, {
    modelId: request.modelVersion.modelId,
    versionId: request.modelVersionId,
    requestId: request.id,
    deploymentId: request.deploymentId,
    plan: request.plan === null ? null : rolloutPlanSchema.parse(request.plan),
    reason: why,
  });
}

function assertStanding(scope: ProjectScope, c: CaseOf, forId: string | undefined, fresh: boolean) {
  const may = mayDecide(scope, c, { forId });
  if (!may.ok) throw new DomainError('FORBIDDEN', may.why);
  const standing = standingOf(c, personOf(scope.actor).id, { wishedId: forId, fresh });
  if (!standing.ok) throw new DomainError('CONFLICT', 'Somebody approved for this person already. It counts once.');
  return standing.as;
}

/** The last word that the actor said in this round. */
function myWord(c: CaseOf, scope: ProjectScope) {
  return c.votes.findLast((vote) => vote.round === c.round && vote.personId === scope.actor.id);
}

/** The reasons for failed gates that were given with approvals of this round. */
export function acceptedOf(c: CaseOf): Record<string, string> {
  const rows = c.decisions.filter((row) => row.round === c.round && row.verdict === 'approve');
  return Object.assign({}, ...rows.map((row) => row.accepted as Record<string, string>)) as Record<string, string>;
}

async function stateOf(scope: ProjectScope, request: RequestRow, c: CaseOf): Promise<Decided> {
  const rollout = request.status === 'approved' ? await findRolloutOfRequest(scope, request.id) : null;
  return { id: request.id, status: request.status, rollout: rollout && { kind: 'rollout', ...rollout }, approvals: figuresOf(c) };
}

function figuresOf(c: CaseOf): { given: number; needed: number } {
  const { counted, needed } = tallyOf(c);
  return { given: counted.length, needed };
}
