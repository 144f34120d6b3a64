import type { Tx } from '#server/platform/db/client.ts';
import { enqueue } from '#server/platform/queue/queue.ts';
import { mailServer } from './mail-server.service.ts';
import { findRecentMails, insertMails } from './mails.repo.ts';
import { sendMailJob } from './notifications.jobs.ts';

/** News of one group doesn't make more than one mail in this time; the later mail carries the rest. */
const QUIET_MS = 10 * 60_000;

/** Puts a mail for each notification into the queue, when a mail server is set. One that still waits carries the newest words by itself. */
export async function queueMail(tx: Tx, notifications: { id: string; userId: string }[], now: Date): Promise<void> {
  if (notifications.length === 0 || !(await mailServer(tx))) return;
  const recent = await findRecentMails(
    tx,
    notifications.map((one) => one.id),
    new Date(now.getTime() - QUIET_MS),
  );
  const waiting = new Set(recent.filter((mail) => mail.status === 'queued').map((mail) => mail.notificationId));
  const sent = new Map(recent.map((mail) => [mail.notificationId, mail.sentAt]));
  const due = notifications.filter((one) => !waiting.has(one.id));
  const mails = await insertMails(
    tx,
    due.map(({ id, userId }) => ({ userId, notificationId: id })),
  );
  for (const mail of mails) {
    const last = sent.get(mail.notificationId);
    await enqueue(tx, sendMailJob, { mailId: mail.id }, last ? { startAfter: new Date(last.getTime() + QUIET_MS) } : {});
  }
}
