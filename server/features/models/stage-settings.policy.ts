import type { Actor } from '#server/auth/actor.ts';
import type { Scope } from '#server/auth/roles.ts';
import type { May } from './stage.policy.ts';

/** Who defines the project's stages: who runs it. */
export function mayWriteStages(who: { actor: Pick<Actor, 'kind'>; scopes: ReadonlySet<Scope> }): May {
  if (who.actor.kind === 'user' && who.scopes.has('member:manage')) return { ok: true };
  return { ok: false, why: 'Stages are defined by admins of the project.' };
}

/** Whether a stage may go, or mean something else: not while versions stand in it or requests ask for it. */
export function mayRemoveStage(stage: { title: string }, o: { versions: number; requests: number }): May {
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
  if (o.versions > 0)
    return {
      ok: false,
      why: `${count(o.versions, 'version')} ${o.versions === 1 ? 'stands' : 'stand'} in ${stage.title}. Move ${o.versions === 1 ? 'it' : 'them'} first.`,
    };
  if (o.requests > 0)
    return {
      ok: false,
      why: `${count(o.requests, 'open request')} ${o.requests === 1 ? 'asks' : 'ask'} for ${stage.title}. End ${o.requests === 1 ? 'it' : 'them'} first.`,
    };
  return { ok: true };
}
