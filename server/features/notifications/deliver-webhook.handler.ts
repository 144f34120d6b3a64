import type { JobContext } from '#server/platform/queue/queue.ts';
import { drainWebhook } from './delivering.service.ts';

/** Works off one webhook. A try that a crash has cut off is made again, with the same delivery id. */
export async function handler(payload: { projectId: string; webhookId: string }, ctx: JobContext): Promise<void> {
  await drainWebhook({ ...payload, signal: ctx.signal });
}
