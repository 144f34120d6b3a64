import type { JobContext } from '#server/platform/queue/queue.ts';
import { sendOne } from './sending.service.ts';

/** Sends one mail; what can't be sent now is queued again for later. */
export async function handler({ mailId }: { mailId: string }, ctx: JobContext): Promise<void> {
  const sent = await sendOne(mailId);
  if (sent !== 'sent') ctx.log.info({ mailId, sent }, 'mail');
}
