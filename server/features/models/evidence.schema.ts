import { z } from 'zod';
import { evaluationSummarySchema, pairedComparisonSchema } from '#server/domain/evaluation.schema.ts';
import { gateResultSchema, gateSettingsSchema } from '#server/domain/gates.schema.ts';

/** One version's figures on the rows of the evidence. */
export const sideSchema = z.object({
  versionId: z.string(),
  number: z.number().int(),
  evaluationId: z.string(),
  sizeBytes: z.number(),
  summary: evaluationSummarySchema,
});
export type Side = z.infer<typeof sideSchema>;

const answerSchema = z.object({ label: z.string(), confidence: z.number().nullable() });

/** One row that the two versions answer differently, with a few of its fields to know it by. */
export const changeSchema = z.object({
  row: z.number(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
  truth: z.string(),
  incumbent: answerSchema,
  candidate: answerSchema,
});
export type Change = z.infer<typeof changeSchema>;

/** The gates of the domain, and whether neither version was trained on the rows that it is judged on. */
export const gateSchema = gateResultSchema;
export type Gate = z.infer<typeof gateSchema>;

/** All that a decision rests on, frozen with the request. */
export const evidenceSchema = z.object({
  preparedAt: z.string(),
  on: z.object({
    datasetVersionId: z.string(),
    dataset: z.string(),
    number: z.number().int(),
    split: z.string(),
    rows: z.number().int(),
    from: z.string().nullable(),
    to: z.string().nullable(),
  }),
  /** Of evidence from before gates were conditions. */
  settings: gateSettingsSchema.optional(),
  /** Changes when what the gates ask changes; '' in evidence of before. */
  gatesHash: z.string().default(''),
  gates: z.array(gateSchema),
  /** The suite run that the sections are of; null where none was made, `error` where it could not be done. */
  suite: z
    .object({
      runId: z.string(),
      status: z.string(),
      goldHash: z.string().nullable(),
      error: z.string().nullable(),
    })
    .nullable()
    .default(null),
  candidate: sideSchema,
  /** The version that was in the stage when this was prepared. */
  incumbent: sideSchema.nullable(),
  /** The difference between the two, paired; null when nothing was there, or one was trained on these rows. */
  comparison: pairedComparisonSchema.nullable(),
  overlaps: z.array(z.object({ number: z.number().int(), rows: z.number().nullable(), sentence: z.string() })),
  changes: z
    .object({
      total: z.number().int(),
      /** Wrong before and right now, and the other way round. */
      better: z.number().int(),
      worse: z.number().int(),
      rows: z.array(changeSchema),
    })
    .nullable(),
});
export type Evidence = z.infer<typeof evidenceSchema>;
