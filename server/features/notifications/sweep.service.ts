import { db } from '#server/platform/db/client.ts';
import { deleteOldDeliveries } from './deliveries.repo.ts';
import { deleteOldMails } from './mails.repo.ts';
import { deleteOldNotifications } from './notifications.repo.ts';

const DAY_MS = 86_400_000;

/** Removes read notifications after 90 days, unread ones after a year, mails and deliveries after 30 days. */
export async function sweepNotifications(now: Date): Promise<{ notifications: number; mails: number; deliveries: number }> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  return {
    notifications: await deleteOldNotifications(db, { readBefore: ago(90), before: ago(365) }),
    mails: await deleteOldMails(db, ago(30)),
    deliveries: await deleteOldDeliveries(db, ago(30)),
  };
}
