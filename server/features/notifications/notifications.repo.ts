import type { Role } from '#server/auth/roles.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { ListNotificationsInput } from './notifications.schema.ts';

/** Active people among `ids`; with a project those who may see it: its members and the installation's administrators. */
export async function findReaders(tx: Tx, ids: string[], projectId: string | null): Promise<string[]> {
  const people = await tx.user.findMany({
    where: {
      id: { in: ids },
      deactivatedAt: null,
      ...(projectId ? { OR: [{ isAdmin: true }, { members: { some: { projectId } } }] } : {}),
    },
    select: { id: true },
  });
  return people.map((person) => person.id);
}

/** Active members of a project who hold one of the roles. */
export async function findMembersWithRoles(tx: Tx, projectId: string, roles: Role[]): Promise<string[]> {
  const rows = await tx.member.findMany({
    where: { projectId, role: { in: roles }, user: { deactivatedAt: null } },
    select: { userId: true },
  });
  return rows.map((row) => row.userId);
}

/** Active administrators of the installation. */
export async function findAdministrators(tx: Tx): Promise<string[]> {
  const rows = await tx.user.findMany({ where: { isAdmin: true, deactivatedAt: null }, select: { id: true } });
  return rows.map((row) => row.id);
}

/** Unread notifications of one group, one a person. */
export async function findUnreadOfGroup(tx: Tx, groupKey: string, userIds: string[]) {
  return tx.notification.findMany({
    where: { groupKey, userId: { in: userIds }, readAt: null },
    distinct: ['userId'],
    orderBy: { at: 'desc' },
    select: { id: true, userId: true },
  });
}

type NewNotification = { kind: string; title: string; text: string; href: string; groupKey: string | null };

/** Counts one more into unread notifications, which take over the newest words. */
export async function addToGroup(tx: Tx, ids: string[], told: NewNotification, at: Date): Promise<void> {
  await tx.notification.updateMany({
    where: { id: { in: ids } },
    data: { kind: told.kind, title: told.title, text: told.text, href: told.href, at, count: { increment: 1 } },
  });
}

export async function insertNotifications(
  tx: Tx,
  rows: (NewNotification & { userId: string; projectId: string | null; inApp: boolean; digest: boolean; at: Date })[],
) {
  return tx.notification.createManyAndReturn({ data: rows, select: { id: true, userId: true } });
}

const LISTED = {
  id: true,
  kind: true,
  title: true,
  text: true,
  href: true,
  projectId: true,
  count: true,
  at: true,
  readAt: true,
} as const;

/** One more than the limit, newest first. */
export async function findNotifications(tx: Tx, userId: string, input: ListNotificationsInput) {
  const { cursor } = input;
  return tx.notification.findMany({
    where: {
      userId,
      inApp: true,
      ...(input.only === 'unread' ? { readAt: null } : {}),
      ...(cursor ? { OR: [{ at: { lt: cursor.at } }, { at: cursor.at, id: { lt: cursor.id } }] } : {}),
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: input.limit + 1,
    select: LISTED,
  });
}

export async function countUnread(tx: Tx, userId: string): Promise<number> {
  return tx.notification.count({ where: { userId, inApp: true, readAt: null } });
}

/** Names of the projects that notifications point into. */
export async function findProjectTitles(tx: Tx, ids: string[]): Promise<Map<string, { name: string; title: string }>> {
  const rows = await tx.project.findMany({ where: { id: { in: ids } }, select: { id: true, name: true, title: true } });
  return new Map(rows.map(({ id, ...project }) => [id, project]));
}

/** False when it isn't there or isn't this person's. */
export async function setRead(tx: Tx, userId: string, id: string, readAt: Date | null): Promise<boolean> {
  const { count } = await tx.notification.updateMany({ where: { id, userId }, data: { readAt } });
  return count === 1;
}

export async function setAllRead(tx: Tx, userId: string, now: Date): Promise<number> {
  const { count } = await tx.notification.updateMany({ where: { userId, readAt: null }, data: { readAt: now } });
  return count;
}

/** Removes what was read before `before`, and what nobody has read for a year. */
export async function deleteOldNotifications(tx: Tx, o: { readBefore: Date; before: Date }): Promise<number> {
  const { count } = await tx.notification.deleteMany({
    where: { OR: [{ readAt: { lt: o.readBefore } }, { at: { lt: o.before } }] },
  });
  return count;
}
