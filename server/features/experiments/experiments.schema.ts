import { z } from 'zod';
import { urlNameSchema } from '#server/domain/names.ts';

export const experimentSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  createdAt: z.date(),
  createdBy: z.string().nullable(),
  runs: z.object({ total: z.number().int(), active: z.number().int(), failed: z.number().int() }),
  lastRunAt: z.date().nullable(),
  /** The finished run with the highest F1 on its test part; null while none has one. */
  best: z.object({ run: z.string(), metric: z.string(), value: z.number() }).nullable(),
});
export type ExperimentSummary = z.infer<typeof experimentSummarySchema>;

/** This stands in the address where an experiment's name would. */
const RESERVED = 'launch';

export const createExperimentInput = z.object({
  name: urlNameSchema.refine((name) => name !== RESERVED, 'This name is kept for a page of its own. Choose another.'),
  description: z.string().trim().max(2000).default(''),
});
export const experimentRefInput = z.object({ experiment: z.string().min(1) });
export const listExperimentsOutput = z.array(experimentSummarySchema);
export const createdExperimentOutput = z.object({ id: z.string(), name: z.string() });

/** An experiment as its row and counts give it. */
export type ExperimentRecord = {
  id: string;
  name: string;
  description: string;
  createdAt: Date;
  createdById: string | null;
};
export type BestRun = NonNullable<ExperimentSummary['best']>;
export type RunCounts = { total: number; active: number; failed: number; lastRunAt: Date | null };
