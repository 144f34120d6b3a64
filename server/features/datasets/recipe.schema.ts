import { z } from 'zod';
import { importColumnsSchema } from './columns.schema.ts';

const partName = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,29}$/,
    'The name of a part is lower case letters, digits and -, at most 30, and begins with a letter.',
  );

const partsSchema = z
  .array(z.object({ name: partName, share: z.number().gt(0).max(1) }))
  .min(1)
  .max(10)
  .superRefine((parts, ctx) => {
    const sum = parts.reduce((total, part) => total + part.share, 0);
    if (Math.abs(sum - 1) > 1e-6) {
      ctx.addIssue({ code: 'custom', message: `The shares add up to ${Math.round(sum * 1000) / 10} %, not to 100 %.` });
    }
    if (new Set(parts.map((part) => part.name)).size < parts.length) {
      ctx.addIssue({ code: 'custom', message: 'Two parts have the same name.' });
    }
  });

/** How rows are divided. `none` puts all of them into `train`. */
export const splitSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('time'), column: z.string().min(1), parts: partsSchema }),
  z.object({
    kind: z.literal('random'),
    seed: z
      .number()
      .int()
      .min(0)
      .max(2 ** 31 - 1),
    parts: partsSchema,
  }),
  z.object({ kind: z.literal('none') }),
]);
export type Split = z.infer<typeof splitSchema>;

export const FILE_FORMATS = ['csv', 'jsonl', 'parquet', 'mail'] as const;
export const fileFormat = z.enum(FILE_FORMATS);
export type FileFormat = z.infer<typeof fileFormat>;

export const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;

/** How a text file is to be read; what is left out is found out from the file. */
export const readOptionsSchema = z.object({
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  header: z.boolean().optional(),
  encoding: z.enum(ENCODINGS).optional(),
});
export type ReadOptions = z.infer<typeof readOptionsSchema>;

const objectKey = z.string().regex(/^[0-9a-f]{64}$/, 'An object key is 64 hex digits.');

/** How a version is made. */
export const recipeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('import'),
    uploadId: z.uuid(),
    format: fileFormat,
    columns: importColumnsSchema,
    split: splitSchema,
    options: readOptionsSchema.optional(),
  }),
  z.object({
    kind: z.literal('labels'),
    parentId: z.uuid(),
    objectKey,
    keyColumn: z.string().min(1),
    mode: z.enum(['fill', 'overwrite']),
  }),
  z.object({ kind: z.literal('split'), parentId: z.uuid(), split: splitSchema }),
  z.object({ kind: z.literal('append'), parentId: z.uuid(), objectKey, into: z.literal('train') }),
]);
export type Recipe = z.infer<typeof recipeSchema>;
export type RecipeOf<K extends Recipe['kind']> = Extract<Recipe, { kind: K }>;

/** One thing that a version was made from. */
export const lineageLinkSchema = z.object({
  type: z.enum(['dataset_version', 'labeling_project', 'deployment', 'upload', 'run', 'model_version']),
  id: z.string().min(1),
  name: z.string().min(1),
  detail: z.string().optional(),
});
export type LineageLink = z.infer<typeof lineageLinkSchema>;
