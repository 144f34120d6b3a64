import { notFound } from '#server/errors.ts';
import { db } from '#server/platform/db/client.ts';
import { countUnread, findNotifications, findProjectTitles, setAllRead, setRead } from './notifications.repo.ts';
import type { ListNotificationsInput, ListNotificationsOutput } from './notifications.schema.ts';
import { toNotification } from './notifications.view.ts';

/** One page of what a person was told, newest first, with how much is unread. */
export async function listNotifications(userId: string, input: ListNotificationsInput): Promise<ListNotificationsOutput> {
  const [rows, unread] = await Promise.all([findNotifications(db, userId, input), countUnread(db, userId)]);
  const page = rows.slice(0, input.limit);
  const titles = await findProjectTitles(db, [...new Set(page.flatMap((row) => row.projectId ?? []))]);
  const last = page.at(-1);
  return {
    notifications: page.map((row) => toNotification(row, titles)),
    unread,
    next: rows.length > input.limit && last ? { at: last.at, id: last.id } : null,
  };
}

/** How much a person has not read. */
export async function countUnreadOf(userId: string): Promise<{ unread: number }> {
  return { unread: await countUnread(db, userId) };
}

/**
 * Marks one as read or unread.
 * @throws DomainError NOT_FOUND when it isn't this person's
 */
export async function markNotification(
  userId: string,
  o: { id: string; read: boolean },
  now: Date = new Date(),
): Promise<{ unread: number }> {
  if (!(await setRead(db, userId, o.id, o.read ? now : null))) throw notFound('notification');
  return { unread: await countUnread(db, userId) };
}

/** Marks all of a person's as read. */
export async function markAllNotifications(userId: string, now: Date = new Date()): Promise<{ unread: number }> {
  await setAllRead(db, userId, now);
  return { unread: await countUnread(db, userId) };
}
