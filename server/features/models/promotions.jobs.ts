import { z } from 'zod';
import { defineJob } from '#server/platform/queue/queue.ts';

const payload = z.object({ projectId: z.uuid(), projectName: z.string(), requestId: z.uuid() });
export type PrepareEvidence = z.infer<typeof payload>;

/** Evaluates candidate and incumbent on the same rows and freezes what was found with the request. */
export const prepareEvidenceJob = defineJob<PrepareEvidence>({
  name: 'models.prepare-evidence',
  payload,
  retryLimit: 3,
  expireSeconds: 1800,
  singletonKey: ({ requestId }) => requestId,
});
