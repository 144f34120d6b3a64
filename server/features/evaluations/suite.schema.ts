import { z } from 'zod';
import { sectionName } from '#server/domain/evidence/section.schema.ts';

export const suiteTask = z.enum(['classification', 'multilabel', 'regression', 'ranking']);
export type SuiteTask = z.infer<typeof suiteTask>;

/** A part of a dataset version; `split` null stands for all its rows. */
export const goldPartSchema = z.object({ datasetVersionId: z.uuid(), split: z.string().min(1).max(40).nullable() });
export type GoldPart = z.infer<typeof goldPartSchema>;

const share = z.number().min(0).max(1);

/** A section that runs by itself unless it is switched off; its slice reads `settings` by its own schema. */
export const sectionSettingsSchema = z.object({
  on: z.boolean().default(true),
  settings: z.record(z.string(), z.unknown()).default({}),
});

/** What a model's suite measures, on what, and how. Everything has a default, so that a suite makes itself. */
export const suiteSettingsSchema = z.object({
  /** Null: by the signature (classes -> classification, else regression). */
  task: suiteTask.nullable().default(null),
  /** Column with what is true; null: the label column. Of several labels: names divided by `|` or a JSON list. */
  target: z.string().min(1).nullable().default(null),
  /** Empty: the part `test` of the dataset version that the candidate learned from. The first one carries all sections. */
  gold: z.array(goldPartSchema).max(8).default([]),
  /** Columns to cut by; null: every category, length of each text, month of each time. */
  slices: z.array(z.string()).max(50).nullable().default(null),
  /** Smaller slices are left out. */
  minSliceRows: z.number().int().min(1).max(10_000).default(20),
  /** Figures whose difference is tested (paths without `difference.`); null: those of the task. */
  metrics: z.array(z.string()).max(20).nullable().default(null),
  draws: z.number().int().min(200).max(100_000).default(10_000),
  confidence: share.min(0.5).max(0.999).default(0.95),
  /** Regression: quantiles of the pinball loss, and which of them the model's answer is meant to be. */
  quantiles: z.array(share).max(9).default([0.1, 0.5, 0.9]),
  /** Several labels: a label is said from this probability on. */
  threshold: share.default(0.5),
  /** Ranking: the column that says which rows belong to one query, and the depths. */
  query: z.string().min(1).nullable().default(null),
  depths: z.array(z.number().int().min(1).max(1000)).min(1).max(6).default([1, 5, 10]),
  /** Operation: rows that are timed one by one, and the sizes of batches. */
  timing: z
    .object({ rows: z.number().int().min(20).max(5000), batches: z.array(z.number().int().min(2).max(512)).max(4) })
    .default({ rows: 100, batches: [32] }),
  seed: z.number().int().min(0).default(0),
  sections: z.partialRecord(sectionName, sectionSettingsSchema).default({}),
});
export type SuiteSettings = z.infer<typeof suiteSettingsSchema>;

export const DEFAULT_SUITE: SuiteSettings = suiteSettingsSchema.parse({});
