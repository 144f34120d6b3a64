import type { Actor } from '#server/auth/actor.ts';
import type { Scope } from '#server/auth/roles.ts';
import { mayWriteGates } from './gates.policy.ts';
import type { May } from './stage.policy.ts';

type Who = { actor: Pick<Actor, 'kind'>; scopes: ReadonlySet<Scope> };

/**
 * Who moves an alias: a free one whoever registers versions; a protected one, like a stage, only who answers for gates,
 * or an approved request.
 */
export function mayMoveAlias(who: Who, alias: { name: string; protected: boolean }): May {
  if (alias.protected) {
    if (mayWriteGates(who).ok) return { ok: true };
    return {
      ok: false,
      why: `${alias.name} is protected. It moves by an approved request, or by a reviewer or admin of the project, with a reason.`,
    };
  }
  if (who.scopes.has('model:write') || mayWriteGates(who).ok) return { ok: true };
  return { ok: false, why: 'Moving an alias needs the right model:write.' };
}
