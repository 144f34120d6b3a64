/**
 * Figures of each group for one class ("positive") against the rest. Selection rate = share of rows that get the answer;
 * TPR = TP / (TP + FN); FPR = FP / (FP + TN); precision = TP / (TP + FP); accuracy = (TP + TN) / n.
 * What would be 0/0 is null (Fairlearn says 0). Intervals: Wilson.
 */
import type { Interval } from '../stats/interval.schema.ts';
import { wilsonInterval } from '../stats/proportions.ts';
import type { Groups } from './groups.ts';

export const RATES = ['selection_rate', 'tpr', 'fpr', 'precision', 'accuracy'] as const;
export type Rate = (typeof RATES)[number];

export type GroupRates = { name: string; n: number; positives: number } & Record<Rate, Interval | null>;

/** A row's cell is group * 4 + truth * 2 + answer: all that rates and their resamples need. */
export function rateCells(groups: Groups, truth: ArrayLike<boolean>, answer: ArrayLike<boolean>): Int32Array {
  return Int32Array.from(groups.ofRow, (group, row) => group * 4 + (truth[row] ? 2 : 0) + (answer[row] ? 1 : 0));
}

/** Of how many a group's rate is the share of how many, from cell counts. */
export function shareOf(rate: Rate, counts: ArrayLike<number>, group: number): { part: number; whole: number } {
  const at = group * 4;
  const [tn, fp, fn, tp] = [counts[at] ?? 0, counts[at + 1] ?? 0, counts[at + 2] ?? 0, counts[at + 3] ?? 0];
  switch (rate) {
    case 'selection_rate':
      return { part: tp + fp, whole: tn + fp + fn + tp };
    case 'tpr':
      return { part: tp, whole: tp + fn };
    case 'fpr':
      return { part: fp, whole: fp + tn };
    case 'precision':
      return { part: tp, whole: tp + fp };
    case 'accuracy':
      return { part: tp + tn, whole: tn + fp + fn + tp };
  }
}

/** How many rows stand in each cell. */
export function countCells(cells: ArrayLike<number>, groups: number): Float64Array {
  const counts = new Float64Array(groups * 4);
  for (let i = 0; i < cells.length; i += 1) counts[cells[i] ?? 0] = (counts[cells[i] ?? 0] ?? 0) + 1;
  return counts;
}

/** All figures of every group. */
export function groupRates(groups: Groups, cells: Int32Array): GroupRates[] {
  const counts = countCells(cells, groups.names.length);
  return groups.names.map((name, group) => {
    const interval = (rate: Rate) => {
      const { part, whole } = shareOf(rate, counts, group);
      return wilsonInterval({ successes: part, n: whole });
    };
    return {
      name,
      n: shareOf('accuracy', counts, group).whole,
      positives: shareOf('tpr', counts, group).whole,
      selection_rate: interval('selection_rate'),
      tpr: interval('tpr'),
      fpr: interval('fpr'),
      precision: interval('precision'),
      accuracy: interval('accuracy'),
    };
  });
}
