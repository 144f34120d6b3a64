import { z } from 'zod';

/**
 * One figure that a gate may judge, by its path in the language of gates: `f1.spam`, `latency.p99`, `fairness.region.equal_opportunity`.
 * `f1.spam.lower` names the lower end of its interval. Null stands for a figure that does not exist (0/0); it is never 0.
 */
export const factSchema = z.object({
  path: z.string().regex(/^[A-Za-z_][\w-]*(\.[\w-]+|\."[^"]*")*$/),
  estimate: z.number().nullable(),
  lower: z.number().nullable().default(null),
  upper: z.number().nullable().default(null),
  /** How many rows, cases or runs it rests on. */
  n: z.number().int().nullable().default(null),
  /** `share`, `ms`, `bytes`, `count` … */
  unit: z.string().nullable().default(null),
});
export type Fact = z.infer<typeof factSchema>;

/** Rows that a gate may reduce: `slices.min(accuracy, n >= 50)`. Every cell is a figure, a text, or null where there is none. */
export const factTableSchema = z.object({
  name: z.string().regex(/^[a-z_]+$/),
  rows: z.array(z.record(z.string(), z.union([z.number(), z.string(), z.null()]))),
});
export type FactTable = z.infer<typeof factTableSchema>;

export const SECTIONS = ['performance', 'comparison', 'operation', 'behaviour', 'robustness', 'fairness', 'explanation'] as const;
export const sectionName = z.enum(SECTIONS);
export type SectionName = z.infer<typeof sectionName>;

/** One part of the evidence as its slice made it. `data` is parsed by the schema of that slice when it is shown. */
export const evidenceSectionSchema = z.object({
  section: sectionName,
  /** The form of `data`: old evidence stays readable for ever. */
  form: z.number().int(),
  data: z.unknown(),
  facts: z.array(factSchema),
  tables: z.array(factTableSchema).default([]),
  /** What could not be worked out, in plain words, each with the row or column at fault. */
  problems: z.array(z.string()).default([]),
  /** Milliseconds that it took. */
  tookMs: z.number(),
});
export type EvidenceSection = z.infer<typeof evidenceSectionSchema>;
