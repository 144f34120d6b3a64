import { z } from 'zod';

export const MAX_GATES = 40;

/** One condition for moving up, in the language of `domain/query` over the facts of the evidence. */
export const gateRuleSchema = z.object({
  /** Stays when the rest changes, so that results can be compared over time. */
  id: z
    .string()
    .min(1)
    .max(40)
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'Lower-case letters, digits and hyphens.'),
  name: z.string().trim().min(1, 'Name the gate.').max(80, 'A name has at most 80 characters.'),
  /** The stage that it guards; null: every stage that is asked for. */
  stage: z.string().max(40).nullable(),
  expression: z.string().trim().min(1, 'Write a condition, such as accuracy >= 0.9.').max(4000),
  /** A gate that doesn't block is advice: it may be passed with a reason. */
  blocking: z.boolean(),
  description: z.string().trim().max(500).default(''),
});
export type GateRule = z.infer<typeof gateRuleSchema>;
export const gateRulesSchema = z.array(gateRuleSchema).max(MAX_GATES, `At most ${MAX_GATES} gates.`);

/** The three settings that gates were before they became conditions. Evidence of that time holds them. */
export const gateSettingsSchema = z.object({
  f1: z.object({ class: z.string().nullable(), minimum: z.number() }),
  slices: z.object({ minimum: z.number(), minRows: z.number().int() }),
  incumbent: z.object({ margin: z.number() }),
});

export const gateResultSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** What was judged; '' in evidence of before. */
  expression: z.string().default(''),
  passed: z.boolean(),
  /** False: a figure is missing, so it neither passed nor failed; it counts as not passed. */
  judged: z.boolean().default(true),
  blocking: z.boolean().default(true),
  /** The judged figure with its interval; null when there is none. */
  figure: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  threshold: z.number().nullable(),
  method: z.string().nullable(),
  n: z.number().int(),
  sentence: z.string(),
  /** Figures that the evidence doesn't have. */
  missing: z.array(z.string()).default([]),
});
export type GateResult = z.infer<typeof gateResultSchema>;
