import type { Tx } from '#server/platform/db/client.ts';

/** Open invitations: of one project, or (null) of no project. */
export async function findInvites(tx: Tx, projectId: string | null, now: Date) {
  const links = await tx.oneTimeLink.findMany({
    where: { kind: 'invite', projectId, usedAt: null, revokedAt: null, expiresAt: { gt: now } },
    orderBy: { createdAt: 'desc' },
    select: { id: true, email: true, role: true, isAdmin: true, createdAt: true, expiresAt: true, createdById: true },
  });
  const makers = links.flatMap((link) => (link.createdById ? [link.createdById] : []));
  const people = await tx.user.findMany({ where: { id: { in: makers } }, select: { id: true, name: true } });
  const names = new Map(people.map((person) => [person.id, person.name]));
  return links.map(({ createdById, ...link }) => ({ ...link, invitedBy: names.get(createdById ?? '') ?? null }));
}

export async function findInvite(tx: Tx, at: { id: string; projectId: string | null }) {
  return tx.oneTimeLink.findFirst({
    where: { ...at, kind: 'invite', usedAt: null, revokedAt: null },
    select: { id: true, email: true },
  });
}

export async function setInviteRevoked(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.oneTimeLink.updateMany({ where: { id, usedAt: null, revokedAt: null }, data: { revokedAt: now } });
}

export async function findProjectTitle(tx: Tx, projectId: string): Promise<string | null> {
  const project = await tx.project.findUnique({ where: { id: projectId }, select: { title: true } });
  return project?.title ?? null;
}

/** The name of a project, as it stands in addresses. */
export async function findProjectName(tx: Tx, projectId: string): Promise<string> {
  const project = await tx.project.findUniqueOrThrow({ where: { id: projectId }, select: { name: true } });
  return project.name;
}
