import type { Role } from '#server/auth/roles.ts';
import type { Tx } from '#server/platform/db/client.ts';

export type Membership = { id: string; name: string; archivedAt: Date | null; role: Role | null };

/** A project by its name and one person's role in it, if any. */
export async function findMembership(tx: Tx, projectName: string, userId: string): Promise<Membership | null> {
  const project = await tx.project.findUnique({
    where: { name: projectName },
    select: { id: true, name: true, archivedAt: true, members: { where: { userId }, select: { role: true } } },
  });
  if (!project) return null;
  const { members, ...rest } = project;
  return { ...rest, role: members[0]?.role ?? null };
}
