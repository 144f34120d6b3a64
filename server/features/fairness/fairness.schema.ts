import { z } from 'zod';
import { definitionSchema, fairnessRuleSchema, fairnessRulesSchema } from '#server/domain/fairness/policy.schema.ts';
import { intervalSchema } from '#server/domain/stats/interval.schema.ts';

const interval = intervalSchema.nullable();
const figure = z.number().nullable();

/** Figures of a group for one class. Null is a figure that doesn't exist (0/0). */
export const groupRatesSchema = z.object({
  name: z.string(),
  n: z.number().int(),
  positives: z.number().int(),
  /** False below the stated minimum: shown, and not judged. */
  judged: z.boolean(),
  selection_rate: interval,
  tpr: interval,
  fpr: interval,
  precision: interval,
  accuracy: interval,
});
export type GroupRatesView = z.infer<typeof groupRatesSchema>;

/** How far groups lie apart. `chance`: what 19 of 20 random divisions of the same rows stay within. */
export const disparitySchema = z.object({
  definition: definitionSchema,
  interval,
  chance: figure,
  low: z.string().nullable(),
  high: z.string().nullable(),
  groups: z.number().int(),
});
export type DisparityView = z.infer<typeof disparitySchema>;

export const groupCalibrationSchema = z.object({
  name: z.string(),
  n: z.number().int(),
  error: interval,
  points: z.array(z.object({ probability: z.number(), share: z.number(), rows: z.number().int() })),
});

/** One class against the others. */
export const classFairnessSchema = z.object({
  class: z.string(),
  groups: z.array(groupRatesSchema),
  disparities: z.array(disparitySchema),
  calibration: z.array(groupCalibrationSchema),
});
export type ClassFairness = z.infer<typeof classFairnessSchema>;

export const numberGroupSchema = z.object({
  name: z.string(),
  n: z.number().int(),
  judged: z.boolean(),
  mean_answer: interval,
  mean_error: interval,
});

export const representationSchema = z.object({
  n: z.number().int(),
  outside: z.number().int(),
  chiSquare: figure,
  degrees: z.number().int(),
  p: figure,
  reliable: z.boolean(),
  groups: z.array(z.object({ name: z.string(), n: z.number().int(), stated: z.number(), share: interval, ratio: figure })),
});
export type RepresentationView = z.infer<typeof representationSchema>;

export const proxySchema = z.object({
  column: z.string(),
  measure: z.enum(['cramers_v', 'auc']),
  value: figure,
  chance: figure,
  mutualInformation: figure,
  betrays: z.boolean(),
  /** The model takes this column. */
  isInput: z.boolean(),
});
export type ProxyView = z.infer<typeof proxySchema>;

/** All that is known of one column, or of two crossed. */
export const columnFairnessSchema = z.object({
  /** `region`, or `region × age` */
  subject: z.string(),
  columns: z.array(z.string()),
  isInput: z.boolean(),
  /** By class, for a classifier. */
  classes: z.array(classFairnessSchema),
  /** For a model that answers with a number. */
  numbers: z.object({ groups: z.array(numberGroupSchema), disparities: z.array(disparitySchema) }).nullable(),
  /** Share of answers that change with the column's value alone; null with the reason why it can't be known. */
  flipped: z.object({ interval, reason: z.string().nullable(), values: z.array(z.string()) }),
  representation: representationSchema.nullable(),
  proxies: z.array(proxySchema),
});
export type ColumnFairness = z.infer<typeof columnFairnessSchema>;

/** A rule of the policy with the figure that it judges. `keeps` null: there is no figure. */
export const judgementSchema = z.object({
  rule: fairnessRuleSchema,
  subject: z.string(),
  interval,
  keeps: z.boolean().nullable(),
  /** The class whose figure is the worst; null for a model that answers with a number, or one class only. */
  class: z.string().nullable(),
  low: z.string().nullable(),
  high: z.string().nullable(),
  sentence: z.string(),
});
export type Judgement = z.infer<typeof judgementSchema>;

/** The section `fairness` of a suite run, form 1. */
export const fairnessDataSchema = z.object({
  task: z.enum(['classification', 'regression']),
  n: z.number().int(),
  minimum: z.number().int(),
  policy: z.object({ number: z.number().int(), by: z.string(), at: z.string(), reason: z.string() }).nullable(),
  judgements: z.array(judgementSchema),
  columns: z.array(columnFairnessSchema),
  /** Share of the nearest neighbours that get the same answer, protected columns left out of the distance. */
  consistency: interval,
});
export type FairnessData = z.infer<typeof fairnessDataSchema>;
export const FAIRNESS_FORM = 1;

/** One state of the policy. */
export const policySchema = z.object({
  number: z.number().int(),
  rules: fairnessRulesSchema,
  reason: z.string(),
  by: z.string(),
  at: z.date(),
});
export type Policy = z.infer<typeof policySchema>;

export const modelInput = z.object({ model: z.string().min(1).max(200) });

/** The newest figures there are: of the newest version with a finished suite run. */
export const latestFiguresSchema = z.object({
  number: z.number().int(),
  runId: z.string(),
  at: z.date(),
  data: fairnessDataSchema,
  problems: z.array(z.string()),
});
export const getFairnessOutput = z.object({
  model: z.string(),
  current: policySchema.nullable(),
  history: z.array(policySchema),
  latest: latestFiguresSchema.nullable(),
  /** Columns that the model can be held to, with their values and shares in the gold rows. */
  columns: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      isInput: z.boolean(),
      groups: z.array(z.object({ value: z.string(), rows: z.number().int(), share: z.number() })),
    }),
  ),
  /** True when `columns` come from gold rows; false when the model has no version with data yet. */
  hasData: z.boolean(),
});
export type GetFairnessOutput = z.infer<typeof getFairnessOutput>;

export const savePolicyInput = modelInput.extend({
  /** The number of the policy that was on the screen; 0 for none. */
  expectedNumber: z.number().int().min(0),
  rules: fairnessRulesSchema,
  reason: z.string().trim().min(1, 'Say why the policy changes.').max(1000),
});
export const savePolicyOutput = z.object({ number: z.number().int() });

export const exploreInput = modelInput.extend({
  number: z.number().int().min(1),
  columns: z.array(z.string().min(1).max(200)).min(1).max(2),
  minimum: z.number().int().min(1).max(100_000).optional(),
});
export const exploreOutput = columnFairnessSchema;
