import { z } from 'zod';

/**
 * Behavioural tests after Ribeiro, Wu, Guestrin and Singh, "Beyond Accuracy: Behavioral Testing of NLP Models with
 * CheckList" (ACL 2020): minimum functionality, invariance, directional expectation; and regression cases.
 */
export const testKind = z.enum(['minimum', 'invariance', 'directional', 'regression']);
export type TestKind = z.infer<typeof testKind>;

export const severitySchema = z.enum(['blocking', 'advisory']);
export type Severity = z.infer<typeof severitySchema>;

export const cellSchema = z.union([z.string().max(200_000), z.number(), z.null()]);
export type Cell = z.infer<typeof cellSchema>;
/** The fields of one input by name. */
export const instanceSchema = z.record(z.string().min(1).max(200), cellSchema);
export type Instance = z.infer<typeof instanceSchema>;

/** It stands in the path of a fact between quotes, so it has none of its own. */
const label = z
  .string()
  .trim()
  .max(120)
  .regex(/^[^"\r\n]*$/, 'Leave out quotation marks and line breaks.');

/** What a person writes in one row. `expect` and `changes` are in the short notation of `notation.ts`. */
export const testTextSchema = z.object({
  kind: testKind,
  capability: label.default(''),
  /** Rows of one name are one test; without a name the capability is it. */
  name: label.default(''),
  severity: severitySchema.default('advisory'),
  enabled: z.boolean().default(true),
  tags: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
  input: instanceSchema,
  expect: z.string().max(500).default(''),
  changes: z.string().max(5000).default(''),
  note: z.string().max(2000).default(''),
});
export type TestText = z.infer<typeof testTextSchema>;

/** A row as a run takes it. The same words give the same typing errors everywhere: `id` is no part of the seed. */
export type RunnableTest = TestText & { id: string };

/** The test that a row belongs to. */
export function nameOfTest(test: Pick<TestText, 'name' | 'capability' | 'kind'>): string {
  return test.name || test.capability || test.kind;
}

/** What a model says of inputs: `labels` [n]; `scores` [n, K] in the order of its classes; `values` [n] where it gives figures. */
export type Answers = { labels: string[]; scores: Float32Array; values?: Float64Array };

/** What a test must know of a model. */
export type TestedModel = {
  fields: readonly { name: string; kind: 'text' | 'number' | 'category' }[];
  classes: readonly string[] | null;
};

/** One thing that was asked of the model, and its answer. */
export const caseAnswerSchema = z.object({
  /** What was changed in the input, null for the input as it was written. */
  what: z.string().nullable(),
  label: z.string().nullable(),
  /** Probability of the answered class; null where the model gives none. */
  confidence: z.number().nullable(),
  /** The figure that the expectation looks at: a class's probability or the value. */
  score: z.number().nullable(),
  ok: z.boolean(),
  /** Why there is no answer. */
  error: z.string().nullable(),
  /** The changed input, for answers that broke the expectation. */
  input: instanceSchema.nullable(),
});
export type CaseAnswer = z.infer<typeof caseAnswerSchema>;

export const testStatus = z.enum(['passed', 'failed', 'crashed', 'invalid']);
export type TestStatus = z.infer<typeof testStatus>;

export const testResultSchema = z.object({
  id: z.string(),
  status: testStatus,
  /** What came out, in a few words. */
  sentence: z.string(),
  base: caseAnswerSchema.nullable(),
  variants: z.number().int(),
  failedVariants: z.number().int(),
  /** Variants that broke the expectation, the first few. */
  failing: z.array(caseAnswerSchema),
});
export type TestResult = z.infer<typeof testResultSchema>;
