import { z } from 'zod';
import { defineJob } from '#server/platform/queue/queue.ts';

const payload = z.object({ projectId: z.uuid(), projectName: z.string(), runId: z.uuid() });
export type TrainTrial = z.infer<typeof payload>;

/** Trains, evaluates and ends one run. */
export const trainTrialJob = defineJob<TrainTrial>({
  name: 'training.trial',
  payload,
  retryLimit: 2,
  expireSeconds: 4 * 3600,
  lane: 'long',
});
