import { z } from 'zod';
import { defineJob } from '#server/platform/queue/queue.ts';

/** Builds the file of a requested version; ends it as ready or failed. */
export const buildVersionJob = defineJob({
  name: 'datasets.build-version',
  payload: z.object({ projectId: z.uuid(), versionId: z.uuid() }),
  expireSeconds: 6 * 3600,
});

/** Forgets uploads that became nothing, and folders that a crashed build left. */
export const sweepUploadsJob = defineJob({
  name: 'datasets.sweep-uploads',
  payload: z.object({}),
  cron: '17 3 * * *',
});
