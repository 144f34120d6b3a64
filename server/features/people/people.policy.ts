import { DomainError } from '#server/errors.ts';

type Change = { actorId: string; person: { id: string; name: string }; administratorIds: readonly string[] };

/**
 * Somebody must remain who can administer, and nobody shuts themselves out by a slip.
 * @throws DomainError CONFLICT when the change would leave no administrator, or is about oneself
 */
export function assertAdministratorRemains({ actorId, person, administratorIds }: Change): void {
  if (administratorIds.includes(person.id) && administratorIds.length === 1) {
    throw new DomainError('CONFLICT', `${person.name} is the last administrator. Make somebody else one first.`);
  }
  if (actorId === person.id) {
    throw new DomainError('CONFLICT', 'You can not do this to yourself: ask another administrator.');
  }
}
