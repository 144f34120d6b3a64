import { z } from 'zod';
import { reasonSchema } from './models.schema.ts';

/** MLflow's rule for aliases, and none that reads as a version: `v3`, `latest`. */
export const aliasNameSchema = z
  .string()
  .trim()
  .min(1, 'Name the alias.')
  .max(60, 'An alias has at most 60 characters.')
  .regex(/^[A-Za-z0-9_-]+$/, 'Use letters, digits, hyphens and underscores, such as champion.')
  .refine((name) => !/^(v\d+|latest)$/i.test(name), 'This reads as a version. Choose another name.');

export const aliasSchema = z.object({
  name: z.string(),
  number: z.number().int(),
  protected: z.boolean(),
  by: z.string(),
  at: z.date(),
  /** Given back when it is moved. */
  version: z.number().int(),
});
export type Alias = z.infer<typeof aliasSchema>;

const may = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), why: z.string() })]);
export const aliasesOfInput = z.object({ model: z.string() });
export const listAliasesOutput = z.object({ aliases: z.array(aliasSchema), may: z.object({ free: may, protected: may }) });

export const setAliasInput = z.object({
  model: z.string(),
  name: aliasNameSchema,
  number: z.number().int().min(1),
  /** Left out: as it is; a new one is free. */
  protected: z.boolean().optional(),
  /** Needed for a protected one. */
  reason: z.string().trim().max(2000).default(''),
  /** What was seen; left out, whatever is there is moved. */
  expectedVersion: z.number().int().optional(),
});
export const setProtectedAliasInput = setAliasInput.extend({ reason: reasonSchema });
export const removeAliasInput = setAliasInput.pick({ model: true, name: true, reason: true, expectedVersion: true });
export const removeProtectedAliasInput = removeAliasInput.extend({ reason: reasonSchema });

export const aliasHistoryOutput = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    from: z.number().int().nullable(),
    to: z.number().int().nullable(),
    protected: z.boolean(),
    reason: z.string(),
    by: z.string(),
    requestId: z.string().nullable(),
    at: z.date(),
  }),
);
export type AliasHistory = z.infer<typeof aliasHistoryOutput>;
