import { z } from 'zod';
import { intervalSchema } from '../stats/interval.schema.ts';
import { severitySchema, testKind, testResultSchema, testStatus, testTextSchema } from './test.schema.ts';

const rate = intervalSchema.nullable();

/** Rows of one name and kind: what a gate calls a test. */
export const testGroupSchema = z.object({
  name: z.string(),
  capability: z.string(),
  kind: testKind,
  severity: severitySchema,
  n: z.number().int(),
  failed: z.number().int(),
  rate,
  /** The same rows put to the version in the stage; null where there is none. */
  incumbentFailed: z.number().int().nullable(),
});
export type TestGroup = z.infer<typeof testGroupSchema>;

export const BEHAVIOUR_FORM = 1;
/** What the section "behaviour" of the evidence holds: the very words of each row with what came out. */
export const behaviourDataSchema = z.object({
  seed: z.number().int(),
  candidate: z.number().int(),
  incumbent: z.number().int().nullable(),
  /** Rows that could be asked, without regression cases. */
  overall: rate,
  blocking: z.object({ n: z.number().int(), failed: z.number().int() }),
  byKind: z.array(z.object({ kind: testKind, n: z.number().int(), failed: z.number().int(), rate })),
  groups: z.array(testGroupSchema),
  regressions: z.object({ n: z.number().int(), failed: z.number().int() }),
  rows: z.array(testTextSchema.extend({ id: z.string(), result: testResultSchema, incumbent: testStatus.nullable() })),
});
export type BehaviourData = z.infer<typeof behaviourDataSchema>;

export const robustnessKind = z.enum(['typos', 'case', 'missing', 'range', 'unseen', 'empty', 'long', 'unicode']);
export type RobustnessKind = z.infer<typeof robustnessKind>;

export const robustnessRowSchema = z.object({
  /** As facts name it: `typos_5`, `missing`. */
  id: z.string(),
  kind: robustnessKind,
  field: z.string().nullable(),
  /** What was done, in words. */
  what: z.string(),
  n: z.number().int(),
  flips: z.number().int(),
  flipRate: rate,
  /** Null where answers can't be right or wrong by class. */
  accuracy: rate,
  crashes: z.number().int(),
  /** Rows whose answer changed, the first few: number of the row, both answers. */
  examples: z.array(z.object({ row: z.number().int(), before: z.string(), after: z.string() })),
});
export type RobustnessRow = z.infer<typeof robustnessRowSchema>;

export const ROBUSTNESS_FORM = 1;
export const robustnessDataSchema = z.object({
  seed: z.number().int(),
  /** How many gold rows were changed, of how many. */
  n: z.number().int(),
  of: z.number().int(),
  clean: rate,
  /** A figure that moves by more than this counts as another answer; null for classes. */
  tolerance: z.number().nullable(),
  /** Where the ranges of figures come from, in words. */
  ranges: z.string(),
  rows: z.array(robustnessRowSchema),
  crashes: z.array(z.object({ what: z.string(), row: z.number().int(), message: z.string() })),
});
export type RobustnessData = z.infer<typeof robustnessDataSchema>;

/** What the section takes from the suite's settings. */
export const robustnessSettingsSchema = z.object({
  /** Gold rows that are changed, drawn by the suite's seed. */
  rows: z.number().int().min(10).max(5000).default(100),
  /** Shares of letters. */
  typos: z.array(z.number().min(0.001).max(0.5)).max(5).default([0.02, 0.05, 0.1]),
});
export type RobustnessSettings = z.infer<typeof robustnessSettingsSchema>;
