import { z } from 'zod';
import { defineJob } from '#server/platform/queue/queue.ts';

/** Sends one mail; tried again for about a day while the server can't be reached. */
export const sendMailJob = defineJob({
  name: 'notifications.send-mail',
  payload: z.object({ mailId: z.uuid() }),
  retryLimit: 0,
  expireSeconds: 300,
});

/** Puts the mails of the day into the queue: one for each person for whom something waits. */
export const digestJob = defineJob({
  name: 'notifications.digest',
  payload: z.object({}),
  cron: '0 7 * * *',
  expireSeconds: 600,
});

/** Works off what is due at one webhook, in order; one at a time for each. */
export const deliverWebhookJob = defineJob({
  name: 'notifications.deliver-webhook',
  payload: z.object({ projectId: z.uuid(), webhookId: z.uuid() }),
  singletonKey: ({ webhookId }) => webhookId,
  expireSeconds: 120,
});
