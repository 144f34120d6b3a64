import type { Role, Scope } from '#server/auth/roles.ts';
import { SCOPES } from '#server/auth/roles.ts';
import { DomainError } from '#server/errors.ts';

/** Who acts: a signed-in person, a program with a token, or Stagecraft itself (a job, the rollout controller). */
export type Actor = {
  kind: 'user' | 'token' | 'system';
  id: string | null;
  name: string;
  isAdmin: boolean;
};

/**
 * One actor inside one project: what every repo function takes in place of a bare id, so that no query can leave the
 * project by accident.
 */
export type ProjectScope = {
  actor: Actor;
  projectId: string;
  projectName: string;
  role: Role | null;
  scopes: ReadonlySet<Scope>;
};

export const SYSTEM_ACTOR: Actor = { kind: 'system', id: null, name: 'Stagecraft', isAdmin: false };

/** The scope of a job that works inside one project. */
export function systemScope(project: { id: string; name: string }): ProjectScope {
  return {
    actor: SYSTEM_ACTOR,
    projectId: project.id,
    projectName: project.name,
    role: null,
    scopes: new Set(SCOPES),
  };
}

/**
 * The actor as a person with an id.
 * @throws DomainError FORBIDDEN for programs and for Stagecraft itself
 */
export function personOf(actor: Actor): Actor & { kind: 'user'; id: string } {
  if (actor.kind === 'user' && actor.id) return { ...actor, kind: 'user', id: actor.id };
  throw new DomainError('FORBIDDEN', 'Only a person who has signed in can do this.');
}
