import type { Actor } from '#server/auth/actor.ts';
import type { Scope } from '#server/auth/roles.ts';
import type { May } from './stage.policy.ts';

/** Who changes gates and moves protected aliases: those who answer for promotions, not those who train. */
export function mayWriteGates(who: { actor: Pick<Actor, 'kind'>; scopes: ReadonlySet<Scope> }): May {
  if (who.actor.kind === 'user' && who.scopes.has('gate:write')) return { ok: true };
  return { ok: false, why: 'Changing gates needs the right gate:write, which reviewers and admins of the project have.' };
}
