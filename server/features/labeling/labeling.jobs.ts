import { z } from 'zod';
import { defineJob } from '#server/platform/queue/queue.ts';

const payload = z.object({ projectId: z.uuid(), projectName: z.string(), labelingId: z.uuid() });
export type PrepareLabeling = z.infer<typeof payload>;

/** Draws the rows of a new labeling project and puts them into its queue. */
export const prepareLabelingJob = defineJob<PrepareLabeling>({
  name: 'labeling.prepare',
  payload,
  retryLimit: 5,
  expireSeconds: 600,
});
