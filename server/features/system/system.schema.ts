import { z } from 'zod';

export const processRow = z.object({
  id: z.uuid(),
  kind: z.string(),
  host: z.string(),
  pid: z.number().int(),
  startedAt: z.date(),
  heartbeatAt: z.date(),
  alive: z.boolean(),
  memoryMb: z.number().nullable(),
  /** What the process tells of itself: addresses, providers, routing revisions. */
  info: z.record(z.string(), z.unknown()),
});
export type ProcessRow = z.infer<typeof processRow>;
export const processesOutput = z.object({ processes: z.array(processRow) });

export const queueRow = z.object({
  name: z.string(),
  waiting: z.number().int(),
  active: z.number().int(),
  failed: z.number().int(),
  done: z.number().int(),
  oldestWaitingAt: z.date().nullable(),
});
export type QueueRow = z.infer<typeof queueRow>;
export const failedJob = z.object({ id: z.string(), name: z.string(), at: z.date(), error: z.string() });
export const queueOutput = z.object({ queues: z.array(queueRow), failures: z.array(failedJob) });

export const diskPart = z.object({ name: z.string(), bytes: z.number(), files: z.number().int().nullable(), note: z.string() });
export const diskOutput = z.object({
  folder: z.string(),
  totalBytes: z.number(),
  freeBytes: z.number(),
  parts: z.array(diskPart),
});
export type DiskOutput = z.infer<typeof diskOutput>;
