import { z } from 'zod';
import { behaviourDataSchema } from '#server/domain/behaviour/section.schema.ts';
import { testResultSchema, testTextSchema } from '#server/domain/behaviour/test.schema.ts';

const model = z.string().min(1).max(100);
const number = z.number().int().min(1);
export const MOST_TESTS = 5000;
/** One call checks so many rows at most; a page of the editor asks in parts. */
export const MOST_CHECKED = 500;

/** Where a regression case comes from. */
export const originSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('prediction'),
    predictionId: z.string(),
    requestId: z.string(),
    version: z.number().int(),
    said: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('row'),
    datasetVersionId: z.string(),
    dataset: z.string(),
    number: z.number().int(),
    row: z.number().int(),
  }),
]);
export type Origin = z.infer<typeof originSchema>;

/** A row as it is kept. */
export const testSchema = testTextSchema.extend({
  id: z.string(),
  version: z.number().int(),
  origin: originSchema.nullable(),
  createdByName: z.string(),
  updatedByName: z.string(),
  updatedAt: z.date(),
});
export type Test = z.infer<typeof testSchema>;

/** A row as its table holds it; the view parses its JSON. */
export type StoredTest = {
  [K in
    | 'id'
    | 'kind'
    | 'capability'
    | 'name'
    | 'severity'
    | 'expect'
    | 'changes'
    | 'note'
    | 'createdByName'
    | 'updatedByName']: string;
} & { enabled: boolean; tags: string[]; input: unknown; origin: unknown; updatedAt: Date; version: number };

export const listTestsInput = z.object({ model });
export const listTestsOutput = z.object({
  tests: z.array(testSchema),
  /** What the newest version of the model takes and gives: the columns of the editor. */
  fields: z.array(z.object({ name: z.string(), kind: z.enum(['text', 'number', 'category']) })),
  classes: z.array(z.string()).nullable(),
  versions: z.array(z.object({ number, stage: z.string() })),
  mayWrite: z.boolean(),
});
export type TestList = z.infer<typeof listTestsOutput>;

/** Rows to write: without an id they are new; with one, `version` says what the writer saw. */
export const saveTestsInput = z.object({
  model,
  rows: z.array(testTextSchema.extend({ id: z.uuid().nullable(), version: z.number().int().nullable() })).max(MOST_TESTS),
  removed: z
    .array(z.object({ id: z.uuid(), version: z.number().int() }))
    .max(MOST_TESTS)
    .default([]),
});
export type SaveTestsInput = z.infer<typeof saveTestsInput>;
/** The ids and versions of the written rows, in the order of the input. */
export const saveTestsOutput = z.object({
  saved: z.array(z.object({ id: z.string(), version: z.number().int() })),
  removed: z.number().int(),
});

export const checkTestsInput = z.object({
  model,
  number,
  rows: z.array(testTextSchema.extend({ id: z.string().max(60) })).max(MOST_CHECKED),
});
export const checkTestsOutput = z.object({ results: z.array(testResultSchema), milliseconds: z.number() });

export const runTestsInput = z.object({ model, number });
export const runTestsOutput = behaviourDataSchema;

export const importTestsInput = z.object({
  model,
  format: z.enum(['csv', 'jsonl']),
  text: z.string().max(20_000_000),
  replace: z.boolean().default(false),
});
export const importTestsOutput = z.object({
  added: z.number().int(),
  removed: z.number().int(),
  problems: z.array(z.object({ line: z.number().int(), message: z.string() })),
});
export const exportTestsInput = z.object({ model, format: z.enum(['csv', 'jsonl']) });
export const exportTestsOutput = z.object({ filename: z.string(), mediaType: z.string(), text: z.string() });

export const regressionOfInput = z.object({ predictionId: z.uuid() });
export const regressionOfOutput = z.object({
  /** The case that this prediction became, if it did. */
  test: z.object({ id: z.string(), version: z.number().int(), expect: z.string() }).nullable(),
  classes: z.array(z.string()).nullable(),
  mayWrite: z.boolean(),
});
export const addRegressionInput = z.object({
  predictionId: z.uuid(),
  /** What should have been answered; null: the outcome that came. */
  expected: z.string().trim().min(1).max(500).nullable(),
});
export const addRegressionOutput = z.object({ id: z.string(), made: z.boolean() });

export const addRegressionRowsInput = z.object({
  model,
  datasetVersionId: z.uuid(),
  rows: z.array(z.number().int().min(0)).min(1).max(500),
});
export const addRegressionRowsOutput = z.object({ made: z.number().int(), known: z.number().int() });
