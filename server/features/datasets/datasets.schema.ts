import { z } from 'zod';
import { importColumnsSchema } from './columns.schema.ts';
import { fileFormat, readOptionsSchema, splitSchema } from './recipe.schema.ts';
import { versionSummarySchema } from './versions.schema.ts';

export const datasetName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    'A name is lower case letters, digits and -, at most 63, and begins with a letter or a digit.',
  )
  .refine((name) => name !== 'new', 'new is kept for the address of new datasets. Choose another name.');

export const datasetRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  createdAt: z.date(),
  archivedAt: z.date().nullable(),
  versionCount: z.number(),
  latest: versionSummarySchema.nullable(),
});
export type DatasetRow = z.infer<typeof datasetRowSchema>;

export const listDatasetsInput = z.object({ archived: z.boolean().default(false) });
export const listDatasetsOutput = z.array(datasetRowSchema);

export const datasetByNameInput = z.object({ dataset: z.string() });
export const datasetDetailSchema = datasetRowSchema.extend({ versions: z.array(versionSummarySchema) });
export type DatasetDetail = z.infer<typeof datasetDetailSchema>;

/** A new dataset and its first version, from an upload; with `dataset` of an existing name a further version of it. */
export const createDatasetInput = z.object({
  name: datasetName,
  description: z.string().max(2000).default(''),
  uploadId: z.uuid(),
  format: fileFormat,
  columns: importColumnsSchema,
  split: splitSchema,
  options: readOptionsSchema.optional(),
  note: z.string().max(500).default(''),
});
export const createDatasetOutput = z.object({
  datasetId: z.string(),
  dataset: z.string(),
  versionId: z.string(),
  number: z.number(),
});

export const archiveDatasetInput = z.object({ dataset: z.string(), archived: z.boolean() });

/** A dataset as its row holds it. */
export type DatasetRecord = {
  id: string;
  name: string;
  description: string;
  createdAt: Date;
  archivedAt: Date | null;
  _count: { versions: number };
};
