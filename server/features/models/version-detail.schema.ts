import { z } from 'zod';
import { signatureSchema } from '#server/domain/signature.ts';
import { lineageNodeSchema, requestSummarySchema, stageChangeSchema, versionSummarySchema } from './models.schema.ts';

export const getVersionDetailOutput = versionSummarySchema.extend({
  model: z.string(),
  positive: z.string().nullable(),
  graphKey: z.string(),
  /** When its graph is gone: since when, by whom, why. */
  deleted: z.object({ at: z.date(), byName: z.string(), reason: z.string() }).nullable(),
  signature: signatureSchema,
  lineage: z.array(lineageNodeSchema),
  stageChanges: z.array(stageChangeSchema),
  requests: z.array(requestSummarySchema),
  /** A row to try it with. */
  example: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  /** The parts that it can be judged on: those of the data it learned from. */
  parts: z.array(
    z.object({
      datasetVersionId: z.string(),
      dataset: z.string(),
      number: z.number().int(),
      split: z.string(),
      rows: z.number(),
    }),
  ),
});
export type VersionDetail = z.infer<typeof getVersionDetailOutput>;
