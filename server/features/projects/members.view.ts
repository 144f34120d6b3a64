import type { Role } from '#server/auth/roles.ts';
import type { Member } from '#server/features/projects/members.schema.ts';

type MemberRow = {
  userId: string;
  role: Role;
  createdAt: Date;
  user: { name: string; email: string; deactivatedAt: Date | null };
};

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
