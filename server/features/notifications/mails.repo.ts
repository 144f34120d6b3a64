import type { Tx } from '#server/platform/db/client.ts';

/** Mails of these notifications that wait, or were sent since `since`; the newest last. */
export async function findRecentMails(tx: Tx, notificationIds: string[], since: Date) {
  return tx.mailMessage.findMany({
    where: { notificationId: { in: notificationIds }, OR: [{ status: 'queued' }, { sentAt: { gt: since } }] },
    orderBy: { createdAt: 'asc' },
    select: { notificationId: true, status: true, sentAt: true },
  });
}

export async function insertMails(tx: Tx, rows: { userId: string; notificationId: string | null }[]) {
  return tx.mailMessage.createManyAndReturn({ data: rows, select: { id: true, notificationId: true } });
}

/** A mail with what it is made of; for the mail of the day the notification is null. */
export async function findMail(tx: Tx, id: string) {
  return tx.mailMessage.findUnique({ where: { id }, include: { notification: true } });
}

export async function findAddressee(tx: Tx, userId: string) {
  return tx.user.findFirst({ where: { id: userId, deactivatedAt: null }, select: { id: true, name: true, email: true } });
}

/** What waits for the mail of the day of one person, the oldest first. */
export async function findForDigest(tx: Tx, userId: string) {
  return tx.notification.findMany({
    where: { userId, digest: true, mailedAt: null, readAt: null },
    orderBy: { at: 'asc' },
    take: 200,
  });
}

/** People for whom something waits and no mail of the day is on its way. */
export async function findDigestReaders(tx: Tx): Promise<string[]> {
  const rows = await tx.notification.findMany({
    where: { digest: true, mailedAt: null, readAt: null },
    distinct: ['userId'],
    select: { userId: true },
  });
  const waiting = await tx.mailMessage.findMany({
    where: { notificationId: null, status: 'queued' },
    select: { userId: true },
  });
  const onTheWay = new Set(waiting.map((mail) => mail.userId));
  return rows.map((row) => row.userId).filter((id) => !onTheWay.has(id));
}

type MailEnd = { status: string; attempts: number; subject?: string; answer?: string; error?: string | null; sentAt?: Date };

export async function updateMail(tx: Tx, id: string, data: MailEnd): Promise<void> {
  await tx.mailMessage.update({ where: { id }, data, select: { id: true } });
}

/** Marks notifications as carried by a mail. */
export async function setMailed(tx: Tx, ids: string[], at: Date): Promise<void> {
  await tx.notification.updateMany({ where: { id: { in: ids } }, data: { mailedAt: at } });
}

/** The last mails with their addressees, for an administrator. */
export async function findLastMails(tx: Tx, limit: number) {
  const mails = await tx.mailMessage.findMany({ orderBy: { createdAt: 'desc' }, take: limit });
  const people = await tx.user.findMany({
    where: { id: { in: mails.map((mail) => mail.userId) } },
    select: { id: true, email: true },
  });
  const addresses = new Map(people.map((person) => [person.id, person.email]));
  return mails.map((mail) => ({ ...mail, to: addresses.get(mail.userId) ?? 'somebody who is gone' }));
}

export async function deleteOldMails(tx: Tx, before: Date): Promise<number> {
  const { count } = await tx.mailMessage.deleteMany({ where: { createdAt: { lt: before } } });
  return count;
}
