import type { Actor } from '#server/auth/actor.ts';
import { DomainError } from '#server/errors.ts';

/**
 * The actor as a person with an id.
 * @throws DomainError FORBIDDEN for programs and for Stagecraft itself
 */
export function personOf(actor: Actor): Actor & { kind: 'user'; id: string } {
  if (actor.kind === 'user' && actor.id) return { ...actor, kind: 'user', id: actor.id };
  throw new DomainError('FORBIDDEN', 'Only a person who has signed in can do this.');
}
