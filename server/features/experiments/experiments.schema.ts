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
});
export type ExperimentSummary = z.infer<typeof experimentSummarySchema>;

export const createExperimentInput = z.object({
  name: urlNameSchema,
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
export type RunCounts = { total: number; active: number; failed: number; lastRunAt: Date | null };
