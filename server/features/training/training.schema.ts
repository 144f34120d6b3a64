import { z } from 'zod';
import { urlNameSchema } from '#server/domain/names.ts';
import { fieldKind } from '#server/domain/signature.ts';

/** Most trials of one launch. */
export const MAX_TRIALS = 100;

export const featureSchema = z.object({ name: z.string().min(1).max(200), kind: fieldKind });
export type Feature = z.infer<typeof featureSchema>;

const choices = <T extends z.ZodType>(one: T) =>
  z
    .array(one)
    .min(1, 'Give at least one value.')
    .max(10, 'At most 10 values.')
    .refine((values) => new Set(values).size === values.length, 'A value is named twice.');

/** The values to try of each setting; each combination is one trial. */
export const spaceSchema = z.object({
  /** Longest n-gram of texts. */
  ngramMax: choices(z.union([z.literal(1), z.literal(2), z.literal(3)])),
  /** Terms kept of each text column. */
  vocabularySize: choices(z.number().int().min(10).max(200_000)),
  /** Strength of the penalty on weights; larger is simpler. */
  l2: choices(z.number().positive().max(10_000)),
  classWeight: choices(z.enum(['none', 'balanced'])),
});
export type Space = z.infer<typeof spaceSchema>;

export const DEFAULT_SPACE: Space = { ngramMax: [1, 2], vocabularySize: [10_000, 30_000], l2: [0.1, 1], classWeight: ['none'] };

export const launchInput = z.object({
  experiment: urlNameSchema,
  dataset: z.string().min(1),
  version: z.number().int().min(1),
  features: z.array(featureSchema).min(1, 'Choose at least one column to learn from.').max(200),
  space: spaceSchema,
  seed: z.number().int().min(0).max(2_147_483_647).default(1),
  /** Most steps of the optimiser in each trial. */
  epochs: z.number().int().min(1).max(1000).default(100),
});
export const launchOutput = z.object({
  launch: z.string(),
  runs: z.array(z.object({ id: z.string(), name: z.string() })),
});

export const optionsInput = z.object({ dataset: z.string().min(1), version: z.number().int().min(1) });
/** What can be learned from a dataset version, and why it can't. */
export const optionsOutput = z.object({
  label: z.string().nullable(),
  /** Columns that can be features, as their kind suggests. */
  features: z.array(featureSchema),
  parts: z.array(z.object({ name: z.string(), rows: z.number() })),
  /** Empty when a launch can begin. */
  problems: z.array(z.string()),
  defaults: spaceSchema,
});

export const cancelRunInput = z.object({ experiment: z.string().min(1), run: z.string().min(1) });
export const cancelLaunchInput = z.object({ experiment: z.string().min(1), launch: z.string().min(1) });
export const canceledOutput = z.object({ canceled: z.number().int() });

export const listLaunchesInput = z.object({ experiment: z.string().min(1) });
export const launchViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  dataset: z.object({ name: z.string(), number: z.number().int() }).nullable(),
  features: z.array(featureSchema),
  labelColumn: z.string(),
  space: spaceSchema,
  seed: z.number().int(),
  trials: z.object({
    total: z.number().int(),
    queued: z.number().int(),
    running: z.number().int(),
    finished: z.number().int(),
    failed: z.number().int(),
    canceled: z.number().int(),
  }),
  cancelRequested: z.boolean(),
  createdAt: z.date(),
  endedAt: z.date().nullable(),
});
export const listLaunchesOutput = z.array(launchViewSchema);
export type LaunchView = z.infer<typeof launchViewSchema>;

export type LaunchRecord = {
  id: string;
  name: string;
  datasetVersionId: string;
  features: unknown;
  labelColumn: string;
  space: unknown;
  seed: number;
  cancelRequested: boolean;
  createdAt: Date;
  endedAt: Date | null;
  runs: { id: string; status: keyof Omit<LaunchView['trials'], 'total'> }[];
};
