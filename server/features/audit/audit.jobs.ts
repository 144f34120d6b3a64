import { z } from 'zod';
import { defineJob } from '#server/platform/queue/queue.ts';

/** Walks the whole chain of the record and writes down what it found. */
export const verifyRecordJob = defineJob({
  name: 'audit.verify',
  payload: z.object({ checkId: z.uuid() }),
  retryLimit: 1,
  expireSeconds: 3_600,
  singletonKey: () => 'chain',
});
