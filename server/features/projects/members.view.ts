import type { MemberRow } from '#server/features/projects/members.repo.ts';
import type { Member } from '#server/features/projects/members.schema.ts';

/** A member as the others in the project see them. */
export function toMember(row: MemberRow): Member {
  return {
    userId: row.userId,
    name: row.user.name,
    email: row.user.email,
    role: row.role,
    deactivated: row.user.deactivatedAt !== null,
    since: row.createdAt,
  };
}
