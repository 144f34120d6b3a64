import type { JobContext } from '#server/platform/queue/queue.ts';
import { queueDigests } from './sending.service.ts';
import { sweepNotifications } from './sweep.service.ts';

/** Once a day: mails of the day go out, and what is old goes. */
export async function handler(_payload: Record<string, never>, ctx: JobContext): Promise<void> {
  const mails = await queueDigests();
  const removed = await sweepNotifications(new Date());
  ctx.log.info({ queued: mails, removed }, 'mails of the day');
}
