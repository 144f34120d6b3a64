import type { Role } from '#server/auth/roles.ts';
import { DomainError } from '#server/errors.ts';

/**
 * A project keeps at least one admin.
 * @param after the member's next role, or null when the member leaves
 * @throws DomainError CONFLICT when this change would take the last one away
 */
export function assertAdminRemains(o: { userId: string; name: string; after: Role | null; adminIds: readonly string[] }): void {
  if (o.after === 'admin' || !o.adminIds.includes(o.userId) || o.adminIds.length > 1) return;
  throw new DomainError('CONFLICT', `${o.name} is the last admin of this project. Make somebody else an admin first.`);
}

/**
 * What somebody saw must still be so.
 * @throws DomainError CONFLICT naming the role as it is now
 */
export function assertRoleAsSeen(o: { name: string; expected: Role; current: Role }): void {
  if (o.expected === o.current) return;
  throw new DomainError(
    'CONFLICT',
    `Somebody changed this meanwhile: ${o.name} is ${o.current} now, not ${o.expected}. Look again before you change it.`,
    {
      current: o.current,
    },
  );
}
