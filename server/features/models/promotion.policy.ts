import type { Actor } from '#server/auth/actor.ts';
import type { Scope } from '#server/auth/roles.ts';
import type { PromotionStatus } from './models.schema.ts';
import type { May } from './stage.policy.ts';

type Who = { actor: Pick<Actor, 'kind' | 'id'>; scopes: ReadonlySet<Scope> };
type Asked = { status: PromotionStatus; gatesPassed: boolean | null; requestedById: string | null; targetStage: string };

/**
 * Who decides: a person with the right to, who isn't the one who asked. Two pairs of eyes, whatever their rights:
 * an administrator can't approve a request of their own either.
 */
export function mayDecide(who: Who, request: Asked): May {
  if (who.actor.kind !== 'user' || !who.scopes.has('promotion:decide')) {
    return { ok: false, why: 'Deciding needs the right promotion:decide, which reviewers have.' };
  }
  if (request.requestedById === who.actor.id) {
    return { ok: false, why: 'You asked for this, so somebody else decides.' };
  }
  if (request.status === 'preparing') return { ok: false, why: 'The evidence is still being prepared.' };
  if (request.status !== 'pending') return { ok: false, why: `It is ${request.status} already.` };
  return { ok: true };
}

/** Approving also needs every gate passed. */
export function mayApprove(who: Who, request: Asked): May {
  const may = mayDecide(who, request);
  if (!may.ok) return may;
  if (request.gatesPassed !== true)
    return { ok: false, why: 'A gate doesn’t pass, and that blocks approval. Refuse it, or let it be withdrawn.' };
  return { ok: true };
}

/** Whoever asked may take it back until it is decided; so may others who may ask. */
export function mayWithdraw(who: Who, request: Asked): May {
  if (!who.scopes.has('promotion:request')) return { ok: false, why: 'Withdrawing needs the right promotion:request.' };
  if (request.status !== 'preparing' && request.status !== 'pending')
    return { ok: false, why: `It is ${request.status} already.` };
  return { ok: true };
}
