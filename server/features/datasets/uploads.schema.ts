import { z } from 'zod';
import { columnKind } from './columns.schema.ts';
import { ENCODINGS, fileFormat, readOptionsSchema, splitSchema } from './recipe.schema.ts';

/** What the upload route answers. */
export const uploadSchema = z.object({ id: z.string(), filename: z.string(), size: z.number() });
export type UploadView = z.infer<typeof uploadSchema>;

export const inspectUploadInput = z.object({
  uploadId: z.uuid(),
  format: fileFormat.optional(),
  options: readOptionsSchema.optional(),
});

export const inspectedColumnSchema = z.object({
  name: z.string(),
  source: z.string(),
  kind: columnKind,
  why: z.string(),
  filled: z.number(),
  distinct: z.number(),
  samples: z.array(z.string()),
});
export type InspectedColumn = z.infer<typeof inspectedColumnSchema>;

/** What a file seems to hold, for a person to confirm. */
export const inspectUploadOutput = z.object({
  filename: z.string(),
  size: z.number(),
  format: fileFormat,
  options: z.object({
    delimiter: z.enum([',', ';', '\t', '|']).optional(),
    header: z.boolean().optional(),
    encoding: z.enum(ENCODINGS).optional(),
  }),
  rowsLookedAt: z.number(),
  wholeFile: z.boolean(),
  troubles: z.array(z.object({ place: z.string(), reason: z.string(), raw: z.string() })),
  troubleCount: z.number(),
  columns: z.array(inspectedColumnSchema),
  rows: z.array(z.array(z.string().nullable())),
  split: splitSchema,
});
export type Inspection = z.infer<typeof inspectUploadOutput>;
