import { db, transaction } from '#server/platform/db/client.ts';
import { enqueue } from '#server/platform/queue/queue.ts';
import { MAIL_TRIES, waitAfter } from './backoff.policy.ts';
import { consoleUrl } from './console-url.service.ts';
import { mailServer } from './mail-server.service.ts';
import { sendMail } from './mail-transport.service.ts';
import { mailOfDay, mailOfOne, type Told } from './mail-words.view.ts';
import { findAddressee, findDigestReaders, findForDigest, findMail, insertMails, setMailed, updateMail } from './mails.repo.ts';
import { sendMailJob } from './notifications.jobs.ts';
import { findProjectTitles } from './notifications.repo.ts';

export type Sent = 'sent' | 'again' | 'failed' | 'dropped';

/**
 * Makes one try of one mail: its words are those of now. A mail whose news was read meanwhile, or whose person is gone,
 * is dropped. A crash between the server's "yes" and our own record sends it twice, never not at all.
 */
export async function sendOne(mailId: string, now: Date = new Date(), chance: number = Math.random()): Promise<Sent> {
  const mail = await findMail(db, mailId);
  if (mail?.status !== 'queued') return 'dropped';
  const [server, person] = await Promise.all([mailServer(db), findAddressee(db, mail.userId)]);
  const news = mail.notification ? [mail.notification] : await findForDigest(db, mail.userId);
  const wanted = news.filter((one) => one.readAt === null);
  if (!server || !person || wanted.length === 0)
    return drop(mailId, mail.attempts, server ? null : 'No mail server is set any more.');
  const titles = await findProjectTitles(
    db,
    wanted.flatMap((one) => one.projectId ?? []),
  );
  const told: Told[] = wanted.map((one) => ({ ...one, project: titles.get(one.projectId ?? '')?.title ?? null }));
  const url = await consoleUrl();
  const words = mail.notification && told[0] ? mailOfOne(told[0], url) : mailOfDay(told, url);
  const sent = await sendMail(server, person, words);
  const attempts = mail.attempts + 1;
  const { subject } = words;
  if (sent.ok) {
    await transaction(async (tx) => {
      await updateMail(tx, mailId, { status: 'sent', attempts, subject, answer: sent.answer, error: null, sentAt: now });
      await setMailed(
        tx,
        wanted.map((one) => one.id),
        now,
      );
    });
    return 'sent';
  }
  const over = sent.final || attempts >= MAIL_TRIES.count;
  await transaction(async (tx) => {
    await updateMail(tx, mailId, { status: over ? 'failed' : 'queued', attempts, subject, error: sent.answer });
    const startAfter = new Date(now.getTime() + waitAfter(attempts, MAIL_TRIES, chance));
    if (!over) await enqueue(tx, sendMailJob, { mailId }, { startAfter });
  });
  return over ? 'failed' : 'again';
}

async function drop(mailId: string, attempts: number, error: string | null): Promise<Sent> {
  await updateMail(db, mailId, {
    status: 'dropped',
    attempts,
    error: error ?? 'It was read before it was sent, or its person is gone.',
  });
  return 'dropped';
}

/** Queues the mail of the day of everybody for whom something waits. */
export async function queueDigests(): Promise<number> {
  return transaction(async (tx) => {
    if (!(await mailServer(tx))) return 0;
    const readers = await findDigestReaders(tx);
    const mails = await insertMails(
      tx,
      readers.map((userId) => ({ userId, notificationId: null })),
    );
    for (const mail of mails) await enqueue(tx, sendMailJob, { mailId: mail.id });
    return mails.length;
  });
}
