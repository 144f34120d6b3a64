import { z } from 'zod';
import { fieldKind } from '#server/domain/signature.ts';
import { intervalSchema } from '#server/domain/stats/interval.schema.ts';

const cell = z.union([z.string(), z.number(), z.null()]);
export type Cell = z.infer<typeof cell>;

/** How the values were found: from the inside of the graph (exact), or by asking it again and again. */
export const explanationMethod = z.enum(['linear', 'tree', 'permutation', 'kernel']);
export type ExplanationMethod = z.infer<typeof explanationMethod>;

/** What the values add up to: `relative_log_odds` is a class's score minus the mean of all classes' scores. */
export const explanationSpace = z.enum(['log_odds', 'relative_log_odds', 'probability', 'value']);
export type ExplanationSpace = z.infer<typeof explanationSpace>;

/** A piece of a text [from, to) in UTF-16 code units and what it adds. */
export const wordSchema = z.object({ from: z.number().int(), to: z.number().int(), contribution: z.number() });

export const fieldExplanationSchema = z.object({
  name: z.string(),
  kind: fieldKind,
  value: cell,
  /** All of the field together. */
  contribution: z.number(),
  /** Standard error, where values were sampled; null where they are exact. */
  error: z.number().nullable(),
  /** Only of a text: what its words add, and what words add that it lacks. */
  words: z.array(wordSchema).nullable(),
  absent: z.number().nullable(),
});
export type FieldExplanation = z.infer<typeof fieldExplanationSchema>;

/** The smallest change found that gives another answer, run through the graph itself. */
export const counterfactualSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('words'),
    field: z.string(),
    words: z.array(z.string()),
    spans: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
    label: z.string(),
    /** True when every smaller set among the words that matter most was tried. */
    smallest: z.boolean(),
    tried: z.number().int(),
    sentence: z.string(),
  }),
  z.object({
    kind: z.literal('values'),
    changes: z.array(z.object({ field: z.string(), from: cell, to: cell })),
    label: z.string(),
    distance: z.number(),
    tried: z.number().int(),
    sentence: z.string(),
  }),
  z.object({ kind: z.literal('none'), tried: z.number().int(), sentence: z.string() }),
]);
export type Counterfactual = z.infer<typeof counterfactualSchema>;

export const rowExplanationSchema = z.object({
  model: z.string(),
  number: z.number().int(),
  /** What the version answers to this input now. */
  label: z.string().nullable(),
  probability: z.number().nullable(),
  /** The class that is explained; null for a model that answers with a number. */
  class: z.string().nullable(),
  method: explanationMethod,
  space: explanationSpace,
  /** The mean output over the background, and the output for this row: the difference is the sum of all contributions. */
  expected: z.number(),
  output: z.number(),
  fields: z.array(fieldExplanationSchema),
  background: z.object({ rows: z.number().int(), of: z.string() }),
  counterfactual: counterfactualSchema.nullable(),
  notes: z.array(z.string()),
});
export type RowExplanation = z.infer<typeof rowExplanationSchema>;

const version = { model: z.string().min(1).max(200), number: z.number().int().min(1) };
const options = {
  /** Left out: the class that is answered. */
  class: z.string().max(200).optional(),
  method: z.enum(['auto', 'permutation', 'kernel']).default('auto'),
  counterfactual: z.boolean().default(true),
};
const instance = z.record(z.string(), z.union([z.string().max(200_000), z.number(), z.null()]));

/** A given input. */
export const explainInputInput = z.object({ ...version, ...options, instance });
/** A row of a dataset version. */
export const explainRowInput = z.object({ ...version, ...options, datasetVersionId: z.uuid(), row: z.number().int().min(0) });
/** A logged prediction, by the version that answered it. */
export const explainPredictionInput = z.object({ ...options, id: z.uuid() });

/** Global importance of a field or of one term, category or mark of it. */
export const importanceSchema = z.object({
  field: z.string(),
  part: z.string().nullable(),
  importance: intervalSchema,
  /** On average over the rows that have it: for the class (+) or against it (−); null where it has no direction. */
  direction: z.number().nullable(),
});
export type Importance = z.infer<typeof importanceSchema>;

/** The section `explanation` of a suite run, form 1. */
export const explanationDataSchema = z.object({
  class: z.string().nullable(),
  method: explanationMethod,
  space: explanationSpace,
  rows: z.number().int(),
  background: z.object({ rows: z.number().int(), of: z.string() }),
  /** Mean |SHAP| of each field, then of the terms, categories and marks that matter most. */
  fields: z.array(importanceSchema),
  parts: z.array(importanceSchema),
  /** Loss of right answers (or growth of the mean error) when a field is shuffled. */
  shuffled: z.array(z.object({ field: z.string(), loss: intervalSchema.nullable() })),
  /** What is lost: `accuracy` or `mean error`. */
  score: z.enum(['accuracy', 'mean_error']),
});
export type ExplanationData = z.infer<typeof explanationDataSchema>;
export const EXPLANATION_FORM = 1;

export const direction = z.enum(['any', 'up', 'down', 'fixed']);
export const permittedSchema = z.array(z.object({ field: z.string().min(1).max(200), direction })).max(500);
export type Permitted = z.infer<typeof permittedSchema>;

export const modelInput = z.object({ model: z.string().min(1).max(200) });
export const getSettingsOutput = z.object({
  version: z.number().int(),
  permitted: permittedSchema,
  /** The fields that the newest version takes. */
  fields: z.array(z.object({ name: z.string(), kind: fieldKind })),
  by: z.string().nullable(),
  at: z.date().nullable(),
});
export const saveSettingsInput = modelInput.extend({
  /** The version that was on the screen; 0 when nothing was set yet. */
  expectedVersion: z.number().int().min(0),
  permitted: permittedSchema,
  reason: z.string().trim().min(1, 'Say why.').max(1000),
});
export const saveSettingsOutput = z.object({ version: z.number().int() });
