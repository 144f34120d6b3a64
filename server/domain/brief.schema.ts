import { z } from 'zod';

const text = (most: number) => z.string().trim().max(most, `At most ${most} characters.`);
const line = text(2_000);

/** Something that the project takes for granted, what was found out about it, and why it was still assumed. */
export const assumptionSchema = z.object({
  assumption: line.min(1, 'Say what is assumed.'),
  reality: line,
  reason: line,
});
export type Assumption = z.infer<typeof assumptionSchema>;

/** The name of a figure in the language of gates: `f1.spam`, `recall."very bad"`. */
export const metricPathSchema = z
  .string()
  .trim()
  .max(200)
  .regex(
    /^[A-Za-z_][\w-]*(\.[\w-]+|\."[^"]*")*$/,
    'Name one figure, such as f1.spam or accuracy. Quote a part that is no plain word: f1."very bad".',
  );

/** A metric that may not fall by more than `tolerance`, in its own unit. */
export const heldMetricSchema = z.object({ metric: metricPathSchema, tolerance: z.number().min(0).max(1e9) });
export type HeldMetric = z.infer<typeof heldMetricSchema>;

/**
 * What each answer is worth. `cells` are by true class, then by the class that was answered; a pair that isn't there
 * counts nothing. As costs lower is better, as values higher is.
 */
export const valueMatrixSchema = z
  .object({
    kind: z.enum(['cost', 'value']),
    unit: text(20).default(''),
    cells: z
      .array(z.object({ actual: z.string().min(1).max(200), answered: z.string().min(1).max(200), value: z.number() }))
      .min(1, 'Fill in at least one cell.')
      .max(2_500),
  })
  .refine(
    ({ cells }) => new Set(cells.map((cell) => JSON.stringify([cell.actual, cell.answered]))).size === cells.length,
    'A pair of classes is there twice.',
  );
export type ValueMatrix = z.infer<typeof valueMatrixSchema>;

/** What a project is for, and what its models are measured by. Gates, comparisons and cards start from it. */
export const projectBriefSchema = z.object({
  purpose: text(10_000),
  assumptions: z.array(assumptionSchema).max(100),
  firstMetric: metricPathSchema.nullable(),
  /** For a loss or an error lower is better. */
  firstMetricFalls: z.boolean().default(false),
  heldMetrics: z.array(heldMetricSchema).max(30),
  values: valueMatrixSchema.nullable(),
  budgets: z.object({
    /** Of one row, 99th percentile, in milliseconds. */
    latencyP99Ms: z.number().positive().max(600_000).nullable(),
    sizeBytes: z.number().int().positive().nullable(),
  }),
});
export type ProjectBrief = z.infer<typeof projectBriefSchema>;

export const EMPTY_BRIEF: ProjectBrief = {
  purpose: '',
  assumptions: [],
  firstMetric: null,
  firstMetricFalls: false,
  heldMetrics: [],
  values: null,
  budgets: { latencyP99Ms: null, sizeBytes: null },
};
