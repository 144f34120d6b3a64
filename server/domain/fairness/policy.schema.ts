import { z } from 'zod';
import { DEFINITIONS } from './definitions.ts';

export const definitionSchema = z.enum(DEFINITIONS);

/** One thing that a model is held to: by which column (or two crossed), in which meaning, up to which limit, and why. */
export const fairnessRuleSchema = z.object({
  columns: z.array(z.string().min(1).max(200)).min(1).max(2),
  definition: definitionSchema,
  limit: z.number().min(0).max(1e12),
  reason: z.string().trim().min(1, 'Say why this definition and this limit.').max(1000),
  /** How the groups are in the population that the model is for; null when nobody stated it. */
  population: z
    .array(z.object({ value: z.string().min(1).max(200), share: z.number().min(0).max(1) }))
    .min(2)
    .max(50)
    .nullable()
    .default(null),
});
export type FairnessRule = z.infer<typeof fairnessRuleSchema>;

export const DEFAULT_MINIMUM = 30;

/** All rules of a model; groups with fewer rows than `minimum` are shown and not judged. */
export const fairnessRulesSchema = z.object({
  minimum: z.number().int().min(1).max(100_000).default(DEFAULT_MINIMUM),
  rules: z.array(fairnessRuleSchema).max(20).default([]),
});
export type FairnessRules = z.infer<typeof fairnessRulesSchema>;

/** The name of one column or of two crossed, as in facts and tables. */
export function subjectOf(columns: readonly string[]): string {
  return columns.join(' × ');
}
