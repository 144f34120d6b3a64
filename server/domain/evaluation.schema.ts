import { z } from 'zod';
import { intervalSchema } from './stats/interval.schema.ts';

/** Null stands for a figure that doesn't exist (0/0); it is never drawn as 0. */
const figure = z.number().nullable();
const interval = intervalSchema.nullable();

export const classFiguresSchema = z.object({
  name: z.string(),
  support: z.number().int(),
  predicted: z.number().int(),
  precision: interval,
  recall: interval,
  f1: interval,
});
export type ClassFigures = z.infer<typeof classFiguresSchema>;

export const sliceKind = z.enum(['category', 'length', 'month']);
export type SliceKind = z.infer<typeof sliceKind>;

export const sliceFiguresSchema = z.object({
  kind: sliceKind,
  column: z.string(),
  value: z.string(),
  rows: z.number().int(),
  accuracy: intervalSchema,
  /** F1 and recall are null for a class of which the slice has no row, precision for one that was never said. */
  f1: z.array(
    z.object({
      name: z.string(),
      support: z.number().int(),
      f1: figure,
      precision: figure.optional(),
      recall: figure.optional(),
    }),
  ),
});
export type SliceFigures = z.infer<typeof sliceFiguresSchema>;

export const calibrationSchema = z.object({
  expectedError: figure,
  bins: z.array(z.object({ from: z.number(), to: z.number(), rows: z.number().int(), confidence: figure, accuracy: figure })),
});

/** All figures of one graph on one part of one dataset version. */
export const evaluationSummarySchema = z.object({
  rows: z.number().int(),
  /** The model's classes, then any that only the data has. */
  classes: z.array(z.string()),
  accuracy: interval,
  macroF1: interval,
  logLoss: figure,
  perClass: z.array(classFiguresSchema),
  /** Rows are true classes, columns predicted ones, in the order of `classes`. */
  confusion: z.array(z.array(z.number().int())),
  calibration: calibrationSchema,
  slices: z.array(sliceFiguresSchema),
});
export type EvaluationSummary = z.infer<typeof evaluationSummarySchema>;

const sides = { baseline: figure, candidate: figure, difference: interval };

/** Two models on the same rows; each difference is candidate minus baseline. */
export const pairedComparisonSchema = z.object({
  rows: z.number().int(),
  accuracy: z.object(sides),
  macroF1: z.object(sides),
  perClass: z.array(z.object({ name: z.string(), support: z.number().int(), ...sides })),
  /** McNemar's exact test on the rows that only one got right. */
  mcnemar: z.object({ onlyBaseline: z.number().int(), onlyCandidate: z.number().int(), p: z.number() }),
});
export type PairedComparison = z.infer<typeof pairedComparisonSchema>;
