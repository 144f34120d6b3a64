import { z } from 'zod';
import { factSchema, factTableSchema } from '#server/domain/evidence/section.schema.ts';
import { gateRulesSchema } from '#server/domain/gates.schema.ts';
import { reasonSchema } from './models.schema.ts';

/** Whose gates count for a model: its own, the project's, or the usual ones where nobody set any. */
export const gatesFromSchema = z.enum(['model', 'project', 'usual']);
export type GatesFrom = z.infer<typeof gatesFromSchema>;

/** A model's gates, or the project's where no model is named. */
export const gatesOfInput = z.object({ model: z.string().optional() });
export const getGatesOutput = z.object({
  from: gatesFromSchema,
  /** Of the list that was asked for; 0 where it was never set. Given back when it is saved. */
  revision: z.number().int(),
  rules: gateRulesSchema,
  /** What counts where this list is taken away: the project's gates for a model, the usual ones for the project. */
  otherwise: z.object({ from: gatesFromSchema, rules: gateRulesSchema }),
  may: z.object({
    write: z.discriminatedUnion('ok', [z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), why: z.string() })]),
  }),
});
export type GatesView = z.infer<typeof getGatesOutput>;

export const saveGatesInput = z.object({
  model: z.string().optional(),
  expectedRevision: z.number().int(),
  /** Null takes the list away: then the project's gates count, or the usual ones. */
  rules: gateRulesSchema.nullable(),
  reason: reasonSchema,
});
export const saveGatesOutput = z.object({ revision: z.number().int() });

export const gateHistoryOutput = z.array(
  z.object({
    revision: z.number().int(),
    at: z.date(),
    by: z.string(),
    reason: z.string(),
    rules: gateRulesSchema.nullable(),
  }),
);
export type GateHistory = z.infer<typeof gateHistoryOutput>;

export const pastFactsInput = z.object({ model: z.string() });
/** What past versions showed, newest first: gates are tried on it as they are written. */
export const pastFactsOutput = z.array(
  z.object({
    versionId: z.string(),
    number: z.number().int(),
    stage: z.string(),
    /** Where the facts are from, in words. */
    source: z.string(),
    at: z.date().nullable(),
    facts: z.array(factSchema),
    tables: z.array(factTableSchema),
    words: z.array(z.tuple([z.string(), z.string()])),
  }),
);
export type PastFacts = z.infer<typeof pastFactsOutput>[number];
