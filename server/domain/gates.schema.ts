import { z } from 'zod';

const share = z.number().min(0).max(1);

/** What a version must show before it may move up. */
export const gateSettingsSchema = z.object({
  /** F1 of one class, or of all (their mean) where `class` is null. */
  f1: z.object({ class: z.string().nullable(), minimum: share }),
  /** Accuracy of every slice with at least `minRows` rows. */
  slices: z.object({ minimum: share, minRows: z.number().int().min(1) }),
  /** The lower end of the paired 95 % interval of the difference in that F1 must be above -margin. */
  incumbent: z.object({ margin: share }),
});
export type GateSettings = z.infer<typeof gateSettingsSchema>;

export const DEFAULT_GATES: GateSettings = {
  f1: { class: null, minimum: 0.94 },
  slices: { minimum: 0.85, minRows: 50 },
  incumbent: { margin: 0.03 },
};

export const gateResultSchema = z.object({
  id: z.enum(['f1', 'slices', 'incumbent']),
  title: z.string(),
  passed: z.boolean(),
  /** The judged figure with its interval; null when there is none. */
  figure: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  threshold: z.number(),
  method: z.string().nullable(),
  n: z.number().int(),
  sentence: z.string(),
});
export type GateResult = z.infer<typeof gateResultSchema>;
