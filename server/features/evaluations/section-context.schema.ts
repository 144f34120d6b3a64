import type { ProjectBrief } from '#server/domain/brief.schema.ts';
import type { Signature } from '#server/domain/signature.ts';
import type { GoldPart, SuiteSettings, SuiteTask } from './suite.schema.ts';

/** One version in a suite run: the very graph that would be served. */
export type SuiteSide = {
  versionId: string;
  number: number;
  graphKey: string;
  /** Where the graph lies on this machine. */
  modelPath: string;
  signature: Signature;
  sizeBytes: number;
};

export type Cell = string | number | null;
/** Whole columns by name, one cell a row. */
export type Columns = Record<string, readonly Cell[]>;

/**
 * What a graph said of `n` rows. `labels` [n] and `scores` [n, K], row by row, K in the order of `signature.classes`
 * (empty when the graph gives none); `values` [n] for regression and ranking, and then `labels` is empty.
 */
export type Answers = { labels: string[]; scores: Float32Array; values?: Float64Array };

/** The rows that a run judges on: all columns of the version, in the order of its rows. */
export type GoldRows = GoldPart & {
  dataset: string;
  number: number;
  n: number;
  columns: Record<string, Cell[]>;
  /** Kind of each column: text, number, category, time, label, key, ignore. */
  kinds: Record<string, string>;
  /** [n], from the target column. */
  truth: Cell[];
  /** [n], the number of each row in its dataset version (`_row`). */
  rowIds: number[];
};

/** All that a section of the suite gets. `answers` are there already; `score` runs a graph on changed rows. */
export type SectionContext = {
  model: { id: string; name: string; positive: string | null };
  suite: SuiteSettings;
  task: SuiteTask;
  candidate: SuiteSide;
  incumbent: SuiteSide | null;
  gold: GoldRows;
  answers: { candidate: Answers; incumbent: Answers | null };
  /** Runs a graph over columns in the inference child. @throws DomainError INVALID naming the row that it fails on */
  score(side: SuiteSide, columns: Columns, n: number): Promise<Answers>;
  brief: ProjectBrief | null;
  seed: number;
  signal?: AbortSignal;
  /** Shown live while the run goes on: `done` of `total` of this section, and what it is doing. */
  progress(done: number, total: number, what: string): void;
};
