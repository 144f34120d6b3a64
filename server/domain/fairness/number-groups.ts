/**
 * Groups under a model that answers with a number: mean answer and mean absolute error of each, with the interval
 * mean ± z · s/√n, and the largest difference between two groups with a percentile bootstrap within groups.
 */
import type { Random } from '../random.ts';
import { zOf } from '../stats/distributions.ts';
import type { Interval } from '../stats/interval.schema.ts';
import { type Groups, OTHERS } from './groups.ts';

export type NumberGroup = { name: string; n: number; mean_answer: Interval | null; mean_error: Interval | null };
export type NumberDisparity = { interval: Interval | null; low: string | null; high: string | null; groups: number };

const RESAMPLES = 500;

/** Figures of every group, and the two largest differences over groups of at least `minimum` rows. */
export function numberGroups(
  groups: Groups,
  answers: ArrayLike<number>,
  truth: ArrayLike<number>,
  o: { minimum: number; random: Random },
): { groups: NumberGroup[]; mean_answer: NumberDisparity; mean_error: NumberDisparity } {
  const rowsOf = groups.names.map(() => [] as number[]);
  groups.ofRow.forEach((group, row) => {
    if (Number.isFinite(answers[row]) && Number.isFinite(truth[row])) rowsOf[group]?.push(row);
  });
  const value = {
    mean_answer: (row: number) => answers[row] ?? 0,
    mean_error: (row: number) => Math.abs((answers[row] ?? 0) - (truth[row] ?? 0)),
  };
  const pick = (of: (row: number) => number) => rowsOf.map((rows) => Float64Array.from(rows, of));
  const [answer, error] = [pick(value.mean_answer), pick(value.mean_error)];
  return {
    groups: groups.names.map((name, i) => ({
      name,
      n: answer[i]?.length ?? 0,
      mean_answer: meanInterval(answer[i] ?? new Float64Array(0)),
      mean_error: meanInterval(error[i] ?? new Float64Array(0)),
    })),
    mean_answer: largest(groups, answer, o),
    mean_error: largest(groups, error, o),
  };
}

/** Mean with its normal interval; null without values. */
export function meanInterval(values: Float64Array): Interval | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = n < 2 ? 0 : zOf(0.95) * Math.sqrt(squares / (n - 1) / n);
  return { estimate: mean, lower: mean - half, upper: mean + half, confidence: 0.95, method: 'mean ± 1.96 s/√n', n };
}

function largest(groups: Groups, values: Float64Array[], o: { minimum: number; random: Random }): NumberDisparity {
  const judged = values.flatMap((own, i) => (own.length >= Math.max(2, o.minimum) && groups.names[i] !== OTHERS ? [i] : []));
  if (judged.length < 2) return { interval: null, low: null, high: null, groups: judged.length };
  const mean = (own: Float64Array) => own.reduce((sum, one) => sum + one, 0) / own.length;
  const ranked = judged.map((i) => ({ i, mean: mean(values[i] ?? new Float64Array(1)) })).sort((a, b) => a.mean - b.mean);
  const estimate = (ranked.at(-1)?.mean ?? 0) - (ranked[0]?.mean ?? 0);
  const drawn = Array.from({ length: RESAMPLES }, () => {
    const means = judged.map((i) => {
      const own = values[i] ?? new Float64Array(1);
      let sum = 0;
      for (let k = 0; k < own.length; k += 1) sum += own[o.random.int(own.length)] ?? 0;
      return sum / own.length;
    });
    return Math.max(...means) - Math.min(...means);
  }).sort((a, b) => a - b);
  const at = (q: number) => drawn[Math.round(q * (RESAMPLES - 1))] ?? estimate;
  return {
    interval: {
      estimate,
      lower: Math.min(estimate, at(0.025)),
      upper: Math.max(estimate, at(0.975)),
      confidence: 0.95,
      method: 'bootstrap within groups',
      n: judged.reduce((sum, i) => sum + (values[i]?.length ?? 0), 0),
    },
    low: groups.names[ranked[0]?.i ?? 0] ?? null,
    high: groups.names[ranked.at(-1)?.i ?? 0] ?? null,
    groups: judged.length,
  };
}
