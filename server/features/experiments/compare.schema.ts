import { z } from 'zod';
import { pairedComparisonSchema } from '#server/domain/evaluation.schema.ts';
import { evaluationViewSchema, runSummarySchema } from './runs.schema.ts';

export const MAX_COMPARED = 12;

export const compareRunsInput = z.object({
  experiment: z.string().min(1),
  /** Names of runs of that experiment. */
  runs: z.array(z.string().min(1)).min(1).max(MAX_COMPARED, `Compare at most ${MAX_COMPARED} runs.`),
  /** The run that the others are compared with; the first unless named. */
  baseline: z.string().optional(),
});

/** One value a run, in the order of `runs`; null where a run lacks it. */
const row = z.object({ key: z.string(), differs: z.boolean() });

export const compareRunsOutput = z.object({
  /** Name of the run that the others are compared with. */
  baseline: z.string(),
  runs: z.array(runSummarySchema),
  params: z.array(row.extend({ values: z.array(z.string().nullable()) })),
  metrics: z.array(row.extend({ values: z.array(z.number().nullable()) })),
  /** Each run's figures on the part that was kept for testing; null when it wasn't evaluated. */
  evaluations: z.array(evaluationViewSchema.nullable()),
  /** All runs were evaluated on the same rows, so that their figures may be compared one to one. */
  sameRows: z.boolean(),
  /** Each other run against the baseline, where both were evaluated on the same rows. */
  pairs: z.array(z.object({ run: z.string(), comparison: pairedComparisonSchema })),
});
export type RunComparison = z.infer<typeof compareRunsOutput>;
