import type { ProjectScope } from '#server/auth/actor.ts';
import type { Role } from '#server/auth/roles.ts';
import type { Tx } from '#server/platform/db/client.ts';

const MEMBER = {
  userId: true,
  role: true,
  createdAt: true,
  user: { select: { name: true, email: true, deactivatedAt: true } },
} as const;

export async function findMembers(tx: Tx, scope: ProjectScope) {
  return tx.member.findMany({
    where: { projectId: scope.projectId },
    orderBy: { user: { name: 'asc' } },
    select: MEMBER,
  });
}

export type MemberRow = Awaited<ReturnType<typeof findMembers>>[number];

export async function findMember(tx: Tx, scope: ProjectScope, userId: string): Promise<MemberRow | null> {
  return tx.member.findFirst({ where: { projectId: scope.projectId, userId }, select: MEMBER });
}

/** Lets one transaction at a time change who is in this project, so that its last admin can't leave twice. */
export async function lockMembers(tx: Tx, scope: ProjectScope): Promise<void> {
  await tx.$queryRaw`select id from project where id = ${scope.projectId}::uuid for update`;
}

export async function insertMember(tx: Tx, row: { projectId: string; userId: string; role: Role }): Promise<void> {
  await tx.member.create({ data: row, select: { userId: true } });
}

export async function updateMemberRole(tx: Tx, scope: ProjectScope, userId: string, role: Role): Promise<void> {
  await tx.member.updateMany({ where: { projectId: scope.projectId, userId }, data: { role } });
}

export async function deleteMember(tx: Tx, scope: ProjectScope, userId: string): Promise<void> {
  await tx.member.deleteMany({ where: { projectId: scope.projectId, userId } });
}

/** Ids of the admins of the project who can sign in. */
export async function findAdminIds(tx: Tx, scope: ProjectScope): Promise<string[]> {
  const rows = await tx.member.findMany({
    where: { projectId: scope.projectId, role: 'admin', user: { deactivatedAt: null } },
    select: { userId: true },
  });
  return rows.map((row) => row.userId);
}
