import type { Actor } from '#server/auth/actor.ts';
import type { Scope } from '#server/auth/roles.ts';
import { type Case, mayAct, standingOf } from './approval.policy.ts';
import type { PromotionStatus } from './models.schema.ts';
import type { May } from './stage.policy.ts';

export type Who = { actor: Pick<Actor, 'kind' | 'id'>; scopes: ReadonlySet<Scope> };
type GateLike = { id: string; title: string; passed: boolean; blocking: boolean };

/** Whether somebody may speak on a request at all: a person, with the right to, whom its rule names or lets stand in. */
export function mayDecide(who: Who, c: Case, o: { forId?: string | undefined } = {}): May {
  if (who.actor.kind !== 'user' || !who.actor.id || !who.scopes.has('promotion:decide')) {
    return { ok: false, why: 'Deciding needs the right promotion:decide, which reviewers have.' };
  }
  const standing = standingOf(c, who.actor.id, { wishedId: o.forId });
  return standing.ok ? { ok: true } : standing;
}

/** Approving needs the state, the standing, nothing in the way, and gates that pass or may be passed. */
export function mayApprove(
  who: Who,
  c: Case,
  request: { status: PromotionStatus; gates: readonly GateLike[]; obstacles: readonly { sentence: string }[] },
): May {
  const may = mayDecide(who, c);
  if (!may.ok) return may;
  const act = mayAct(request.status, 'approve');
  if (!act.ok) return act;
  const [obstacle] = request.obstacles;
  if (obstacle) return { ok: false, why: obstacle.sentence };
  return gatesAllow(request.gates, c.emergency);
}

/** Blocking gates that fail stop an approval, except in an emergency, where each must be named with a reason. */
export function gatesAllow(gates: readonly GateLike[], emergency: boolean): May {
  if (emergency || !gates.some((gate) => gate.blocking && !gate.passed)) return { ok: true };
  return { ok: false, why: 'A gate doesn’t pass, and that blocks approval. Refuse it, or let it be withdrawn.' };
}

/** The gates that need a reason before this can be approved, and have none yet. */
export function gatesToAccept<G extends GateLike>(
  gates: readonly G[],
  accepted: Readonly<Record<string, string>>,
  emergency: boolean,
): G[] {
  return gates.filter((gate) => !gate.passed && (!gate.blocking || emergency) && !(accepted[gate.id] ?? '').trim());
}

/** Whether every gate that blocks is passed. */
export function blockingPass(gates: readonly Pick<GateLike, 'passed' | 'blocking'>[]): boolean {
  return gates.every((gate) => gate.passed || !gate.blocking);
}

/** Refusing, and asking for changes: who may decide, as long as it isn't decided. */
export function maySpeak(who: Who, c: Case, status: PromotionStatus, act: 'refuse' | 'ask-changes'): May {
  const may = mayDecide(who, c);
  return may.ok ? mayAct(status, act) : may;
}

/** Whoever asked may take it back until it is decided; so may others who may ask. */
export function mayWithdraw(who: Who, request: { status: PromotionStatus }): May {
  if (!who.scopes.has('promotion:request')) return { ok: false, why: 'Withdrawing needs the right promotion:request.' };
  return mayAct(request.status, 'withdraw');
}

/** Answering wishes for changes: who may ask for promotions. */
export function mayAnswer(who: Who, request: { status: PromotionStatus }): May {
  if (!who.scopes.has('promotion:request'))
    return { ok: false, why: 'Those who asked answer: it needs the right promotion:request.' };
  return mayAct(request.status, 'answer');
}

/** Preparing the evidence anew: who may ask, and who may decide. Approvals that were given fall with the old evidence. */
export function mayPrepareAnew(who: Who, request: { status: PromotionStatus }): May {
  if (!who.scopes.has('promotion:request') && !who.scopes.has('promotion:decide')) {
    return { ok: false, why: 'It needs the right to ask for promotions, or to decide them.' };
  }
  return mayAct(request.status, 'prepare-anew');
}

type Emergency = {
  emergency: string | null;
  reviewDueAt: Date | null;
  reviewedAt: Date | null;
  requesterIds: readonly string[];
  decidedById: string | null;
};

/** Reviewing an emergency afterwards: a person with the right to decide who was neither of the two. */
export function mayReview(who: Who, request: Emergency): May {
  if (request.emergency === null || request.reviewDueAt === null) return { ok: false, why: 'There is no emergency to review.' };
  if (request.reviewedAt !== null) return { ok: false, why: 'It was reviewed already.' };
  if (who.actor.kind !== 'user' || !who.actor.id || !who.scopes.has('promotion:decide')) {
    return { ok: false, why: 'Reviewing needs the right promotion:decide, which reviewers have.' };
  }
  if (request.requesterIds.includes(who.actor.id) || request.decidedById === who.actor.id) {
    return { ok: false, why: 'You took part in it, so somebody else reviews it.' };
  }
  return { ok: true };
}
