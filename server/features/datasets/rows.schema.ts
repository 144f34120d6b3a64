import { z } from 'zod';

const columnName = z.string().min(1).max(200);

/** One condition on rows; several hold together. `to` of a range is exclusive unless `closed`. */
export const conditionSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('is'), column: columnName, value: z.string().max(2000) }),
  z.object({ op: z.literal('contains'), column: columnName, value: z.string().min(1).max(2000) }),
  z.object({ op: z.literal('missing'), column: columnName }),
  z.object({
    op: z.literal('range'),
    column: columnName,
    from: z.string().max(40).optional(),
    to: z.string().max(40).optional(),
    closed: z.boolean().optional(),
    of: z.enum(['value', 'length']).default('value'),
  }),
]);
export type Condition = z.infer<typeof conditionSchema>;

export const filterSchema = z.array(conditionSchema).max(20);
export const sortSchema = z.object({ column: columnName, descending: z.boolean().default(false) });
export type Sort = z.infer<typeof sortSchema>;

/** A stored value as it travels: times are ISO 8601 in UTC. */
export const cellSchema = z.union([z.string(), z.number(), z.null()]);
export type Cell = z.infer<typeof cellSchema>;

export const pageRowsInput = z.object({
  versionId: z.uuid(),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(500).default(50),
  filter: filterSchema.default([]),
  split: z.string().max(30).optional(),
  sort: sortSchema.optional(),
});

/** Texts longer than this are cut in a page of rows; `readCell` has the whole. */
export const CELL_PREVIEW = 300;

export const rowSchema = z.object({
  row: z.number(),
  split: z.string().nullable(),
  labelSource: z.string().nullable(),
  cells: z.array(cellSchema),
  cut: z.array(z.number()),
});
export type Row = z.infer<typeof rowSchema>;

export const pageRowsOutput = z.object({
  columns: z.array(z.string()),
  rows: z.array(rowSchema),
  matching: z.number(),
  total: z.number(),
});
export type RowPage = z.infer<typeof pageRowsOutput>;

export const readCellInput = z.object({ versionId: z.uuid(), row: z.number().int().min(0), column: columnName });
export const readCellOutput = z.object({ value: cellSchema, cut: z.boolean() });
