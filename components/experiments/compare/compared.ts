/** The runs of a comparison with their letters, colours and what they are measured against. Pure. */
import type { EvaluationSummary } from '#server/domain/evaluation.schema.ts';
import type { RunComparison } from '#server/features/experiments/compare.schema.ts';
import type { RunSummary } from '#server/features/experiments/runs.schema.ts';
import { comparedColor, letterOf } from '../letters.ts';

export type Compared = {
  letter: string;
  color: string;
  run: RunSummary;
  summary: EvaluationSummary | null;
  isReference: boolean;
};

/** In the order of the address; letters and colours go by it. */
export function toCompared(data: RunComparison): Compared[] {
  const reference = data.runs.findIndex((run) => run.name === data.baseline);
  return data.runs.map((run, i) => ({
    letter: letterOf(i),
    color: comparedColor(i, reference),
    run,
    summary: data.evaluations[i]?.summary ?? null,
    isReference: i === reference,
  }));
}

/** The reference on top, the others by their F1 on the test part, those without one last. */
export function inRank(compared: readonly Compared[]): Compared[] {
  const score = (one: Compared) => one.summary?.macroF1?.estimate ?? one.run.metrics['test.f1'] ?? -1;
  return [...compared].sort((a, b) => Number(b.isReference) - Number(a.isReference) || score(b) - score(a));
}

/** An axis that holds every interval, with a little room. Null when there is none. */
export function intervalDomain(compared: readonly Compared[]): [number, number] | null {
  const ends = compared.flatMap(({ summary }) => (summary?.macroF1 ? [summary.macroF1.lower, summary.macroF1.upper] : []));
  if (ends.length === 0) return null;
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const room = (high - low) * 0.05 || 0.01;
  return [low - room, high + room];
}

/** What may be said of a run in one class or slice: a figure, or null where it would be 0 of 0. */
export type Figures = { accuracy?: number | null; precision?: number | null; recall?: number | null; f1?: number | null };

/** One line of a table of figures: a class or a slice, with each run's figures in the order of the runs. */
export type FigureLine = { key: string; group: string; name: string; rows: number; figures: (Figures | null)[] };

/** Lines for the classes that any run knows. */
export function classLines(compared: readonly Compared[]): FigureLine[] {
  const names = [...new Set(compared.flatMap(({ summary }) => summary?.classes ?? []))];
  return names.map((name) => {
    const own = compared.map(({ summary }) => summary?.perClass.find((one) => one.name === name) ?? null);
    return {
      key: name,
      group: '',
      name,
      rows: own.find((one) => one !== null)?.support ?? 0,
      figures: own.map(
        (one) =>
          one && {
            precision: one.precision?.estimate ?? null,
            recall: one.recall?.estimate ?? null,
            f1: one.f1?.estimate ?? null,
          },
      ),
    };
  });
}

/** Lines for the slices that any run has, with the figures of one class in each. */
export function sliceLines(
  compared: readonly Compared[],
  className: string | null,
  group: (slice: SliceLike) => string,
): FigureLine[] {
  const keyOf = (slice: SliceLike) => `${slice.kind} ${slice.column} ${slice.value}`;
  const all = new Map(compared.flatMap(({ summary }) => (summary?.slices ?? []).map((slice) => [keyOf(slice), slice] as const)));
  return [...all].map(([key, slice]) => ({
    key,
    group: group(slice),
    name: slice.value,
    rows: slice.rows,
    figures: compared.map(({ summary }) => {
      const own = summary?.slices.find((one) => keyOf(one) === key);
      if (!own) return null;
      const { precision = null, recall = null, f1 = null } = own.f1.find((one) => one.name === className) ?? {};
      return { accuracy: own.accuracy.estimate, precision, recall, f1 };
    }),
  }));
}

type SliceLike = EvaluationSummary['slices'][number];
