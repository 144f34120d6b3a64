import { z } from 'zod';
import { defineJob } from '#server/platform/queue/queue.ts';

const payload = z.object({ projectId: z.uuid(), projectName: z.string(), runId: z.uuid() });
export type RunSuite = z.infer<typeof payload>;

/** Runs a model's suite on one version and keeps the sections. */
export const runSuiteJob = defineJob<RunSuite>({
  name: 'evaluations.run-suite',
  payload,
  retryLimit: 2,
  expireSeconds: 3600,
  singletonKey: ({ runId }) => runId,
});
