import { z } from 'zod';
import { evaluationSummarySchema } from '#server/domain/evaluation.schema.ts';
import { signatureSchema } from '#server/domain/signature.ts';

export const runStatusSchema = z.enum(['queued', 'running', 'finished', 'failed', 'canceled']);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** How far a run is and with what it is busy; `step` of `total` while it trains. */
export const runProgressSchema = z.object({
  share: z.number().min(0).max(1),
  doing: z.string(),
  step: z.number().int(),
  total: z.number().int(),
});
export type RunProgress = z.infer<typeof runProgressSchema>;

const params = z.record(z.string(), z.string());
/** The last value of each metric; a metric that doesn't exist is absent. */
const metrics = z.record(z.string(), z.number());

export const runSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  experiment: z.string(),
  status: runStatusSchema,
  launch: z.object({ id: z.string(), name: z.string(), trial: z.number().int().nullable() }).nullable(),
  dataset: z.object({ versionId: z.string(), name: z.string(), number: z.number().int() }).nullable(),
  params,
  metrics,
  progress: runProgressSchema.nullable(),
  cancelRequested: z.boolean(),
  error: z.string().nullable(),
  seed: z.number().int().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const artifactSchema = z.object({ path: z.string(), key: z.string(), size: z.number(), createdAt: z.date() });

export const evaluationViewSchema = z.object({
  id: z.string(),
  datasetVersionId: z.string(),
  split: z.string(),
  createdAt: z.date(),
  summary: evaluationSummarySchema,
});
export type EvaluationView = z.infer<typeof evaluationViewSchema>;

export const runDetailSchema = runSummarySchema.extend({
  environment: z.record(z.string(), z.string()),
  features: z.array(z.object({ name: z.string(), kind: z.string() })),
  signature: signatureSchema.nullable(),
  notes: z.array(z.string()),
  artifacts: z.array(artifactSchema),
  evaluations: z.array(evaluationViewSchema),
  /** Versions of models that were made of this run. */
  registered: z.array(z.object({ model: z.string(), number: z.number().int(), stage: z.string() })),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

export const listRunsInput = z.object({
  experiment: z.string().min(1),
  status: runStatusSchema.optional(),
  launch: z.string().optional(),
});
export const listRunsOutput = z.array(runSummarySchema);
/** A run by its name, which is unique in its experiment and stands in the URL. */
export const runRefInput = z.object({ experiment: z.string().min(1), run: z.string().min(1) });

/** Curves of many runs at once; a curve of more points than `points` is thinned evenly, its ends kept. */
export const historyInput = z.object({
  runIds: z.array(z.uuid()).min(1).max(100),
  keys: z.array(z.string().min(1).max(250)).max(50).optional(),
  points: z.number().int().min(10).max(2000).default(500),
});
export const historyOutput = z.array(
  z.object({ runId: z.string(), key: z.string(), points: z.array(z.object({ step: z.number(), value: z.number() })) }),
);
export type History = z.infer<typeof historyOutput>;

/** A run with the names around it, as the repo reads it. */
export type RunRecord = {
  id: string;
  projectId: string;
  name: string;
  status: RunStatus;
  trial: number | null;
  datasetVersionId: string | null;
  seed: number | null;
  environment: unknown;
  features: unknown;
  signature: unknown;
  progress: unknown;
  error: string | null;
  cancelRequested: boolean;
  createdById: string | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  experiment: { name: string };
  launch: { id: string; name: string } | null;
  params: { key: string; value: string }[];
};
/** What a view needs beside the run itself. */
export type RunSurroundings = {
  datasets: ReadonlyMap<string, { name: string; number: number }>;
  people: ReadonlyMap<string, string>;
  metrics: ReadonlyMap<string, Record<string, number>>;
};
