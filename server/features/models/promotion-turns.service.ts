import type { z } from 'zod';
import { type ProjectScope, systemScope } from '#server/auth/actor.ts';
import { DomainError } from '#server/errors.ts';
import { db, type Tx, transaction } from '#server/platform/db/client.ts';
import { statesFor, tallyOf } from './approval.policy.ts';
import { answerThread } from './discussion.service.ts';
import { mayAnswer, mayPrepareAnew, mayWithdraw } from './promotion.policy.ts';
import { caseOf } from './promotion-case.service.ts';
import { measure } from './promotion-measure.service.ts';
import { tellEnded, tellVoters } from './promotion-news.service.ts';
import { assertAct, holdRequest, record, requestName } from './promotion-record.service.ts';
import type { RequestRow } from './promotions.repo.ts';
import { findOverdue, updateRequest } from './promotions.repo.ts';
import type { answerInput, turnOutput, withdrawInput } from './promotions.schema.ts';

type Turn = z.infer<typeof turnOutput>;

/** Takes an undecided request back. @throws FORBIDDEN, CONFLICT when it was decided meanwhile */
export async function withdrawPromotion(scope: ProjectScope, input: z.infer<typeof withdrawInput>): Promise<Turn> {
  return transaction(async (tx) => {
    const request = await holdRequest(tx, scope, input.id);
    if (request.status === 'withdrawn' && request.decidedById === scope.actor.id) return turn(request, 'withdrawn');
    if (!statesFor('withdraw').includes(request.status)) assertAct(request, 'withdraw');
    const may = mayWithdraw(scope, request);
    if (!may.ok) throw new DomainError('FORBIDDEN', may.why);
    const reason = input.reason || 'Withdrawn.';
    const by = { decidedById: scope.actor.id, decidedByName: scope.actor.name, decidedAt: new Date(), decisionReason: reason };
    await end(tx, scope, request, { status: 'withdrawn', reason, by });
    return turn(request, 'withdrawn');
  });
}

/**
 * Answers wishes for changes: the request waits for the reviewers again, and with `prepare` its evidence is made anew.
 * The answer goes into the thread of the wish, as long as that is open.
 */
export async function answerChanges(scope: ProjectScope, input: z.infer<typeof answerInput>): Promise<Turn> {
  return transaction(async (tx) => {
    const request = await holdRequest(tx, scope, input.id);
    const may = mayAnswer(scope, request);
    if (!may.ok) {
      assertAct(request, 'answer');
      throw new DomainError('FORBIDDEN', may.why);
    }
    const wish = (await caseOf(tx, scope, request)).decisions.findLast((row) => row.verdict === 'changes');
    await answerThread(tx, scope, {
      request,
      wish: wish ? { authorId: wish.personId, body: wish.reason } : null,
      body: input.answer,
    });
    await record(tx, scope, { id: request.id, name: requestName(request) }, 'changes-answered', input.answer);
    if (input.prepare) {
      await again(tx, scope, request);
      return turn(request, 'preparing');
    }
    await updateRequest(tx, scope, { id: request.id, from: statesFor('answer'), change: { status: 'pending' } });
    await tellVoters(tx, scope, request, tallyOf(await caseOf(tx, scope, request)));
    return turn(request, 'pending');
  });
}

/**
 * Prepares the evidence of a request anew: what was said stays, approvals fall because they were about other evidence.
 * @throws FORBIDDEN, CONFLICT when it is decided, or being prepared
 */
export async function prepareAnew(scope: ProjectScope, id: string): Promise<Turn> {
  return transaction(async (tx) => {
    const request = await holdRequest(tx, scope, id);
    if (request.status === 'preparing') return turn(request, 'preparing');
    const may = mayPrepareAnew(scope, request);
    if (!may.ok) {
      assertAct(request, 'prepare-anew');
      throw new DomainError('FORBIDDEN', may.why);
    }
    await again(tx, scope, request);
    return turn(request, 'preparing');
  });
}

/** Ends the requests whose time is over. Every worker may call it: a request ends once. */
export async function expireRequests(now: Date): Promise<void> {
  for (const { id, projectId, projectName } of await findOverdue(db, now)) {
    const scope = systemScope({ id: projectId, name: projectName });
    await transaction(async (tx) => {
      const request = await holdRequest(tx, scope, id);
      if (!statesFor('expire').includes(request.status) || !request.expiresAt || request.expiresAt > now) return;
      const reason = `Nobody decided until ${request.expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC, when it expired.`;
      await end(tx, scope, request, { status: 'expired', reason, by: { error: reason } });
    });
  }
}

async function again(tx: Tx, scope: ProjectScope, request: RequestRow): Promise<void> {
  const change = { status: 'preparing' as const, round: request.round + 1, expiresAt: null };
  if (!(await updateRequest(tx, scope, { id: request.id, from: statesFor('prepare-anew'), change })))
    assertAct(request, 'prepare-anew');
  const { modelId } = request.modelVersion;
  await measure(tx, scope, { request, modelId, stage: request.targetStage, reason: 'Evidence prepared anew.' });
  await record(tx, scope, { id: request.id, name: requestName(request) }, 'evidence-asked-anew', '', {
    round: request.round + 1,
  });
}

type By = { decidedById: string | null; decidedByName: string; decidedAt: Date; decisionReason: string } | { error: string };

async function end(
  tx: Tx,
  scope: ProjectScope,
  request: RequestRow,
  o: { status: 'withdrawn' | 'expired'; reason: string; by: By },
): Promise<void> {
  const act = o.status === 'expired' ? ('expire' as const) : ('withdraw' as const);
  const { open } = tallyOf(await caseOf(tx, scope, request));
  const change = { ...o.by, status: o.status, endedAt: new Date(), expiresAt: null };
  if (!(await updateRequest(tx, scope, { id: request.id, from: statesFor(act), change }))) assertAct(request, act);
  await record(tx, scope, { id: request.id, name: requestName(request) }, o.status, o.reason);
  await tellEnded(tx, scope, request, {
    people: open.map((person) => person.id),
    title:
      o.status === 'expired' ? `${requestName(request)} has expired` : `${scope.actor.name} withdrew ${requestName(request)}`,
    text: o.reason,
    status: o.status,
  });
}

function turn(request: RequestRow, status: Turn['status']): Turn {
  return { id: request.id, status };
}
