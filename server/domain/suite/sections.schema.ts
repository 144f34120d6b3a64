import { z } from 'zod';
import { intervalSchema } from '../stats/interval.schema.ts';

const interval = intervalSchema.nullable();
const figure = z.number().nullable();

/** One figure of a model, by its path in the language of gates. */
export const suiteFigureSchema = z.object({
  path: z.string(),
  name: z.string(),
  /** Null where it doesn't exist (0/0). */
  interval,
  /** True where less is better. */
  falls: z.boolean(),
  unit: z.string().nullable(),
});
export type SuiteFigure = z.infer<typeof suiteFigureSchema>;

export const suiteClassSchema = z.object({
  name: z.string(),
  support: z.number().int(),
  predicted: z.number().int(),
  precision: interval,
  recall: interval,
  f1: interval,
  auc: interval,
});
export type SuiteClass = z.infer<typeof suiteClassSchema>;

export const suiteSliceKind = z.enum(['category', 'number', 'length', 'month']);
export const suiteSliceSchema = z.object({
  kind: suiteSliceKind,
  column: z.string(),
  value: z.string(),
  n: z.number().int(),
  /** By path: accuracy, macro_f1, f1.<class>, mae … */
  figures: z.record(z.string(), interval),
});
export type SuiteSlice = z.infer<typeof suiteSliceSchema>;

const bin = z.object({
  from: z.number(),
  to: z.number(),
  n: z.number().int(),
  score: z.number(),
  share: z.number(),
  lower: z.number(),
  upper: z.number(),
});
export const calibrationCurveSchema = z.object({
  /** A class, or null for the answer that was given. */
  of: z.string().nullable(),
  bins: z.array(bin),
});
export type SuiteCalibration = z.infer<typeof calibrationCurveSchema>;

export const residualsSchema = z.object({
  quantiles: z.array(z.object({ q: z.number(), value: z.number() })),
  bins: z.array(z.object({ from: z.number(), to: z.number(), n: z.number().int() })),
});

/** A row that the graph could not answer: its number in the dataset version, its values, and what the graph said. */
export const failedRowSchema = z.object({
  row: z.number().int(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
  reason: z.string(),
});
export type FailedRow = z.infer<typeof failedRowSchema>;

export const goldNameSchema = z.object({
  datasetVersionId: z.string(),
  dataset: z.string(),
  number: z.number().int(),
  split: z.string().nullable(),
  n: z.number().int(),
  /** SHA-256 of the version's contents and the part. */
  hash: z.string(),
  /** When the part was locked as gold, and by whom; null when it isn't. */
  lockedBy: z.string().nullable(),
});
export type GoldName = z.infer<typeof goldNameSchema>;

/** Whether a version learned from the rows that it is judged on. `rows` null: not known. */
export const overlapSchema = z.object({ number: z.number().int(), rows: z.number().int().nullable(), sentence: z.string() });

export const performanceDataSchema = z.object({
  task: z.enum(['classification', 'multilabel', 'regression', 'ranking']),
  target: z.string(),
  gold: goldNameSchema,
  confidence: z.number(),
  draws: z.number().int(),
  rows: z.number().int(),
  /** Ranking: queries with something relevant. */
  queries: z.number().int().nullable(),
  figures: z.array(suiteFigureSchema),
  classes: z.array(suiteClassSchema),
  confusion: z.object({ classes: z.array(z.string()), counts: z.array(z.array(z.number().int())) }).nullable(),
  slices: z.array(suiteSliceSchema),
  calibration: z.array(calibrationCurveSchema),
  residuals: residualsSchema.nullable(),
  /** What the costs or values of the brief are counted in. */
  value: z.object({ kind: z.enum(['cost', 'value']), unit: z.string() }).nullable(),
  failedRows: z.array(failedRowSchema),
  overlaps: z.array(overlapSchema),
  /** The same figures on the suite's other gold versions. */
  others: z.array(z.object({ gold: goldNameSchema, figures: z.array(suiteFigureSchema) })),
});
export type PerformanceData = z.infer<typeof performanceDataSchema>;

export const comparedFigureSchema = z.object({
  path: z.string(),
  name: z.string(),
  falls: z.boolean(),
  /** One of those that were tested together; of the others no verdict is given. */
  tested: z.boolean(),
  incumbent: figure,
  candidate: figure,
  /** Candidate minus incumbent, paired. */
  difference: interval,
  p: figure,
  /** After Holm over all figures of this table. */
  adjusted: figure,
  verdict: z.enum(['better', 'worse', 'unclear']),
  /** Rows at which a difference of this size would be seen; null where that says nothing. */
  needed: z.number().int().nullable(),
  sentence: z.string(),
});
export type ComparedFigure = z.infer<typeof comparedFigureSchema>;

export const comparisonDataSchema = z.object({
  candidate: z.number().int(),
  /** Null: no other version serves, so there is nothing to compare with. */
  incumbent: z.number().int().nullable(),
  rows: z.number().int(),
  confidence: z.number(),
  draws: z.number().int(),
  metrics: z.array(comparedFigureSchema),
  mcnemar: z
    .object({ onlyIncumbent: z.number().int(), onlyCandidate: z.number().int(), p: z.number(), midP: z.number() })
    .nullable(),
  sentence: z.string(),
});
export type ComparisonData = z.infer<typeof comparisonDataSchema>;

const quantile = z.object({ estimate: z.number(), lower: figure, upper: figure });
const timing = z.object({
  size: z.number().int(),
  runs: z.number().int(),
  p50: quantile,
  p95: quantile,
  p99: quantile,
});
export type SuiteTiming = z.infer<typeof timing>;

export const operationDataSchema = z.object({
  candidate: z.object({ number: z.number().int(), sizeBytes: z.number(), timings: z.array(timing) }),
  incumbent: z.object({ number: z.number().int(), sizeBytes: z.number(), timings: z.array(timing) }).nullable(),
  warmUp: z.number().int(),
  budgets: z.object({ latencyP99Ms: z.number().nullable(), sizeBytes: z.number().nullable() }),
  within: z.object({ latency: z.boolean().nullable(), size: z.boolean().nullable() }),
  sentence: z.string(),
});
export type OperationData = z.infer<typeof operationDataSchema>;
