import { z } from 'zod';
import { cellSchema } from '#server/domain/behaviour/test.schema.ts';

const number = z.number().int().min(1);

/** Which rows: those whose answer differs between two versions, and those that one of them gets wrong. */
export const rowsShown = z.enum(['changed', 'better', 'worse', 'wrong', 'candidate_wrong', 'incumbent_wrong', 'all']);
export type RowsShown = z.infer<typeof rowsShown>;
export const rowsSort = z.enum(['row', 'confidence', 'change']);

export const rowsPlace = z.object({
  model: z.string().min(1),
  candidate: number,
  incumbent: number.optional(),
  /** Left out: the part that both were evaluated on last, or the test part of what the candidate learned from. */
  on: z.object({ datasetVersionId: z.uuid(), split: z.string().min(1).max(40) }).optional(),
});
export type RowsPlace = z.infer<typeof rowsPlace>;

export const rowsFilter = z.object({
  show: rowsShown.default('changed'),
  /** A slice. */
  column: z.string().max(200).optional(),
  value: z.string().max(2000).optional(),
  /** A cell of the candidate's confusion matrix: what is true, what it said. */
  truth: z.string().max(500).optional(),
  said: z.string().max(500).optional(),
  /** How sure the candidate is, from 0 to 1. */
  from: z.number().min(0).max(1).optional(),
  to: z.number().min(0).max(1).optional(),
  text: z.string().trim().max(500).optional(),
  tag: z.string().max(60).optional(),
});
export type RowsFilter = z.infer<typeof rowsFilter>;

export const listRowsInput = rowsPlace.extend({
  filter: rowsFilter.default({ show: 'changed' }),
  sort: rowsSort.default('row'),
  /** How many rows come before the page. */
  cursor: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(200).default(50),
});
export type ListRowsInput = z.infer<typeof listRowsInput>;

/** A row as the query finds it: `before` is the incumbent's answer. */
export type FoundRow = {
  row: number;
  truth: string;
  label: string;
  confidence: number | null;
  before: string | null;
  beforeConfidence: number | null;
  cells: (string | null)[];
};

const answer = z.object({ label: z.string(), confidence: z.number().nullable() });
export const explorerRow = z.object({
  row: z.number().int(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
  truth: z.string(),
  candidate: answer,
  incumbent: answer.nullable(),
  tags: z.array(z.string()),
});
export type ExplorerRow = z.infer<typeof explorerRow>;

export const rowCounts = z.object({
  all: z.number().int(),
  changed: z.number().int(),
  better: z.number().int(),
  worse: z.number().int(),
  wrong: z.number().int(),
  candidate_wrong: z.number().int(),
  incumbent_wrong: z.number().int(),
});
export type RowCounts = z.infer<typeof rowCounts>;

const part = z.object({ datasetVersionId: z.string(), dataset: z.string(), number: z.number().int(), split: z.string() });
export const listRowsOutput = z.object({
  on: part,
  candidate: number,
  incumbent: number.nullable(),
  /** Within the filter, by each way of showing; the filter's own `show` says which of them is `matching`. */
  counts: rowCounts,
  matching: z.number().int(),
  rows: z.array(explorerRow),
});
export type RowsPage = z.infer<typeof listRowsOutput>;

export const rowFacetsInput = rowsPlace;
export const rowFacetsOutput = z.object({
  /** Where both versions have been, or can be, evaluated. */
  parts: z.array(part),
  classes: z.array(z.string()),
  columns: z.array(
    z.object({
      name: z.string(),
      values: z.array(z.object({ value: z.string(), rows: z.number().int(), wrong: z.number().int() })),
    }),
  ),
  /** The candidate's: rows are what is true, columns what it said, in the order of `classes`. */
  confusion: z.array(z.array(z.number().int())),
  tags: z.array(z.object({ tag: z.string(), rows: z.number().int() })),
  versions: z.array(z.object({ number, stage: z.string() })),
  may: z.object({ tag: z.boolean(), label: z.boolean(), test: z.boolean() }),
});
export type RowFacets = z.infer<typeof rowFacetsOutput>;

export const rowNumbersInput = rowsPlace.extend({ filter: rowsFilter.default({ show: 'changed' }) });
/** Numbers of all matching rows, the first 5,000: to act on all of them at once. */
export const rowNumbersOutput = z.object({ rows: z.array(z.number().int()), matching: z.number().int() });
export const MOST_NUMBERS = 5000;

export const openRowInput = rowsPlace.extend({ row: z.number().int().min(0) });
const fullAnswer = z.object({
  version: number,
  label: z.string(),
  probabilities: z.array(z.object({ label: z.string(), probability: z.number() })),
});
export const openRowOutput = z.object({
  row: z.number().int(),
  on: part,
  truth: z.string().nullable(),
  fields: z.array(z.object({ name: z.string(), kind: z.string(), value: cellSchema, input: z.boolean() })),
  answers: z.array(fullAnswer),
  tags: z.array(z.object({ tag: z.string(), by: z.string() })),
});
export type OpenRow = z.infer<typeof openRowOutput>;

const chosen = z.array(z.number().int().min(0)).min(1).max(MOST_NUMBERS);
export const tagRowsInput = z.object({
  datasetVersionId: z.uuid(),
  rows: chosen,
  tag: z.string().trim().toLowerCase().min(1, 'Write a word to tag the rows with.').max(60),
  /** False takes the word away. */
  on: z.boolean().default(true),
});
export const tagRowsOutput = z.object({ changed: z.number().int() });

export const labelRowsInput = rowsPlace.extend({
  rows: chosen,
  name: z.string().trim().min(1).max(60),
  question: z.string().trim().min(1).max(200),
});
export const labelRowsOutput = z.object({ name: z.string(), rows: z.number().int() });
