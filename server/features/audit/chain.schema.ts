import { z } from 'zod';
import { exportedHead } from '#server/domain/record/head.ts';

export const chainProblem = z.object({
  kind: z.enum(['changed', 'removed', 'inserted', 'reordered', 'head-mismatch']),
  seq: z.number().int().nullable(),
  entryId: z.string().nullable(),
  entry: z.object({ at: z.string(), actor: z.string(), action: z.string(), target: z.string() }).nullable(),
  sentence: z.string(),
});

export const chainCheck = z.object({
  id: z.uuid(),
  status: z.enum(['queued', 'running', 'intact', 'tampered', 'failed']),
  requestedBy: z.string(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  /** Links that were looked at, of how many. */
  done: z.number().int(),
  total: z.number().int(),
  entries: z.number().int(),
  heads: z.number().int(),
  problemCount: z.number().int(),
  error: z.string().nullable(),
});
export type ChainCheck = z.infer<typeof chainCheck>;

/** How the chain stands: for everybody who may read the record of some project. */
export const chainStateOutput = z.object({
  /** Entries that have their place. */
  sealed: z.number().int(),
  /** Entries that wait for theirs. */
  unsealed: z.number().int(),
  sealedAt: z.date().nullable(),
  head: z.object({ seq: z.number().int(), hash: z.string(), at: z.date(), keyId: z.string() }).nullable(),
  /** The check that runs or waits now. */
  open: chainCheck.nullable(),
  last: chainCheck.nullable(),
  /** What the last check found; entries of other projects are named to administrators only. */
  problems: z.array(chainProblem),
  /** Whether the database itself keeps the application from changing the record. */
  protected: z.boolean(),
  /** Whether this person may ask for a check now. */
  mayVerify: z.boolean(),
});
export type ChainState = z.infer<typeof chainStateOutput>;

export const verifyChainOutput = z.object({ id: z.uuid() });
export const headsOutput = z.object({ heads: z.array(exportedHead) });
