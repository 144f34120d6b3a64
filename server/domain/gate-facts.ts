/** The facts of a plain evaluation and its paired comparison, for gates, where a suite has found no more. */
import type { EvaluationSummary, PairedComparison } from './evaluation.schema.ts';
import type { Fact, FactTable } from './evidence/section.schema.ts';
import type { GateFacts } from './gates.ts';
import { joinPath } from './query/path.ts';
import type { Interval } from './stats/interval.schema.ts';

type Given = {
  candidate: EvaluationSummary;
  /** What is in the stage now, and the comparison with it; null comparison: the two can't be compared. */
  incumbent: { name: string; comparison: PairedComparison | null } | null;
  /** Rows on which either version was trained, as far as it is known, and what is known in words. */
  overlap: { rows: number; sentence: string };
};

/** Facts, the table `slices`, and the words for what is no measurement. */
export function factsOfEvaluation({ candidate, incumbent, overlap }: Given): GateFacts {
  const there = incumbent
    ? `${incumbent.name} is in that stage.`
    : 'Nothing is in that stage yet, so there is nothing to be worse than.';
  return {
    facts: [
      measured('accuracy', candidate.accuracy),
      measured('macro_f1', candidate.macroF1),
      plain('log_loss', candidate.logLoss, candidate.rows),
      plain('ece', candidate.calibration.expectedError, candidate.rows),
      ...candidate.perClass.flatMap((one) => [
        measured(joinPath(['f1', one.name]), one.f1),
        measured(joinPath(['precision', one.name]), one.precision),
        measured(joinPath(['recall', one.name]), one.recall),
      ]),
      ...(incumbent?.comparison ? differences(incumbent.comparison) : []),
      { ...plain('incumbent.exists', incumbent ? 1 : 0, null), unit: 'flag' },
      { ...plain('overlap.rows', overlap.rows, candidate.rows), unit: 'count' },
    ],
    tables: [slicesOf(candidate)],
    words: new Map([
      ['incumbent.exists', there],
      ['overlap.rows', overlap.sentence],
    ]),
  };
}

/** The facts of several sources as one: where two have the same figure, the later source counts. */
export function mergeFacts(...sources: readonly GateFacts[]): GateFacts {
  return {
    facts: [...new Map(sources.flatMap(({ facts }) => facts.map((fact) => [fact.path, fact] as const))).values()],
    tables: [...new Map(sources.flatMap(({ tables }) => tables.map((table) => [table.name, table] as const))).values()],
    words: new Map(sources.flatMap(({ words }) => [...(words ?? [])])),
  };
}

function differences({ accuracy, macroF1, perClass, mcnemar, rows }: PairedComparison): Fact[] {
  return [
    measured('difference.accuracy', accuracy.difference),
    measured('difference.macro_f1', macroF1.difference),
    ...perClass.map((one) => measured(`difference.${joinPath(['f1', one.name])}`, one.difference)),
    plain('mcnemar.p', mcnemar.p, rows),
  ];
}

function slicesOf({ slices }: EvaluationSummary): FactTable {
  const rows = slices.map(({ column, value, rows: n, accuracy, f1 }) => ({
    column,
    value,
    n,
    accuracy: accuracy.estimate,
    accuracy_lower: accuracy.lower,
    accuracy_upper: accuracy.upper,
    ...Object.fromEntries(f1.map((one) => [joinPath(['f1', one.name]), one.f1])),
  }));
  return { name: 'slices', rows };
}

function measured(path: string, interval: Interval | null): Fact {
  const { estimate = null, lower = null, upper = null, n = null } = interval ?? {};
  return { path, estimate, lower, upper, n, unit: 'share' };
}

function plain(path: string, estimate: number | null, n: number | null): Fact {
  return { path, estimate, lower: null, upper: null, n, unit: null };
}
