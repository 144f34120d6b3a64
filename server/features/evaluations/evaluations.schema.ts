import { z } from 'zod';
import { evidenceSectionSchema } from '#server/domain/evidence/section.schema.ts';
import { failedRowSchema, goldNameSchema } from '#server/domain/suite/sections.schema.ts';
import { goldPartSchema, suiteSettingsSchema, suiteTask } from './suite.schema.ts';

export const suiteRunStatus = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);
export type SuiteRunStatus = z.infer<typeof suiteRunStatus>;

const modelName = z.string().min(1).max(200);
export const lockReasonSchema = z.string().trim().min(3, 'Say why; it is kept with the lock.').max(500);

export const suiteInput = z.object({ model: modelName });

/** What a person may do with the suite; the same answer that the server asks itself. */
export const suiteMaySchema = z.object({ run: z.boolean(), edit: z.boolean(), lock: z.boolean() });

const lockSchema = z.object({
  id: z.string(),
  reason: z.string(),
  lockedByName: z.string(),
  lockedAt: z.date(),
  contentHash: z.string(),
});
/** A part that may serve as gold, with its lock if there is one. */
export const goldChoiceSchema = z.object({
  datasetVersionId: z.string(),
  dataset: z.string(),
  number: z.number().int(),
  split: z.string().nullable(),
  rows: z.number().int(),
  lock: lockSchema.nullable(),
});
export type GoldChoice = z.infer<typeof goldChoiceSchema>;

export const suiteOutput = z.object({
  model: z.object({ id: z.string(), name: z.string(), positive: z.string().nullable() }),
  settings: suiteSettingsSchema,
  version: z.number().int(),
  updatedAt: z.date().nullable(),
  updatedByName: z.string().nullable(),
  /** The task that the newest version's signature means, where the settings leave it open. */
  task: suiteTask,
  versions: z.array(z.object({ id: z.string(), number: z.number().int(), stage: z.string(), deleted: z.boolean() })),
  /** Columns of the gold version (the first, or what the newest version learned from). */
  columns: z.array(z.object({ name: z.string(), kind: z.string() })),
  gold: z.array(goldChoiceSchema),
  /** The figures that a run of this suite makes: to choose those that are tested. */
  paths: z.array(z.string()),
  may: suiteMaySchema,
});
export type Suite = z.infer<typeof suiteOutput>;

export const saveSuiteInput = z.object({ model: modelName, expectedVersion: z.number().int(), settings: suiteSettingsSchema });

export const headlineSchema = z.array(
  z.object({ path: z.string(), estimate: z.number(), lower: z.number().nullable(), upper: z.number().nullable() }),
);

export const suiteProgressSchema = z.object({
  section: z.string(),
  what: z.string(),
  /** Of the whole run. */
  share: z.number().min(0).max(1),
});
export type SuiteProgress = z.infer<typeof suiteProgressSchema>;

export const suiteRunSummarySchema = z.object({
  id: z.string(),
  status: suiteRunStatus,
  version: z.object({ id: z.string(), number: z.number().int() }),
  incumbent: z.object({ id: z.string(), number: z.number().int() }).nullable(),
  reason: z.string(),
  gold: z.array(goldNameSchema),
  headline: headlineSchema,
  progress: suiteProgressSchema.nullable(),
  error: z.string().nullable(),
  requestId: z.string().nullable(),
  requestedByName: z.string(),
  requestedAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});
export type SuiteRunSummary = z.infer<typeof suiteRunSummarySchema>;

export const suiteRunSchema = suiteRunSummarySchema.extend({
  model: z.string(),
  settings: suiteSettingsSchema,
  suiteVersion: z.number().int(),
  seed: z.number().int(),
  goldHash: z.string().nullable(),
  failedRow: failedRowSchema.nullable(),
  sections: z.array(evidenceSectionSchema),
  /** When the evidence was made: the end of a run that is done. */
  at: z.date().nullable(),
  may: z.object({ cancel: z.boolean(), repeat: z.boolean() }),
});
export type SuiteRunDetail = z.infer<typeof suiteRunSchema>;

export const startRunInput = z.object({
  model: modelName,
  number: z.number().int().min(1),
  /** The version to compare with; null: none. Left out: the one that serves now. */
  incumbent: z.number().int().min(1).nullable().optional(),
  reason: z.string().trim().max(500).default(''),
});
export const startedRunOutput = z.object({ id: z.string() });
export const listRunsInput = z.object({
  model: modelName,
  number: z.number().int().min(1).optional(),
  limit: z.number().int().min(1).max(200).default(100),
});
export const listRunsOutput = z.array(suiteRunSummarySchema);
export const runIdInput = z.object({ id: z.uuid() });

export const lockGoldInput = goldPartSchema.extend({ reason: lockReasonSchema });
export const releaseGoldInput = z.object({ id: z.uuid(), reason: lockReasonSchema });
export const goldLockSchema = lockSchema.extend({
  datasetVersionId: z.string(),
  dataset: z.string(),
  number: z.number().int(),
  split: z.string().nullable(),
  rows: z.number().int(),
  releasedByName: z.string().nullable(),
  releasedAt: z.date().nullable(),
  releaseReason: z.string().nullable(),
});
export type GoldLock = z.infer<typeof goldLockSchema>;
export const listGoldOutput = z.object({ locks: z.array(goldLockSchema), mayLock: z.boolean() });
