import { z } from 'zod';
import { defineJob } from '#server/platform/queue/queue.ts';

/** Computes the windows of one monitor in which something came in since the last time. */
export const computeMonitorJob = defineJob({
  name: 'monitoring.compute',
  payload: z.object({ projectId: z.uuid(), projectName: z.string(), monitorId: z.uuid() }),
  retryLimit: 3,
  expireSeconds: 600,
  singletonKey: (payload) => payload.monitorId,
});
