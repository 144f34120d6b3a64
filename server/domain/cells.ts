/** Rows grouped by what was true and what was answered: all that scores and their resamples need. */
import type { Statistic } from './stats/bootstrap.ts';

/** Cell `c` stands for rows with true class `truth[c]` and the answers `answers[i][c]` of each model. */
export type Cells = { ofRow: Int32Array; truth: Int32Array; answers: Int32Array[] };

/** Groups rows into the cells that occur. All arrays hold class numbers and have the same length. */
export function groupCells(truth: Int32Array, answers: readonly Int32Array[]): Cells {
  const known = new Map<string, number>();
  const rows: number[] = [];
  const ofRow = Int32Array.from(truth, (own, row) => {
    const key = [own, ...answers.map((answer) => answer[row])].join(' ');
    const cell = known.get(key) ?? known.size;
    if (cell === known.size) {
      known.set(key, cell);
      rows.push(row);
    }
    return cell;
  });
  const pick = (values: Int32Array) => Int32Array.from(rows, (row) => values[row] ?? 0);
  return { ofRow, truth: pick(truth), answers: answers.map(pick) };
}

/** Share of rows that a model answers rightly. */
export function accuracyStatistic(cells: Cells, model = 0): Statistic {
  const answer = cells.answers[model] ?? new Int32Array(0);
  return (counts) => {
    let correct = 0;
    let total = 0;
    for (let cell = 0; cell < counts.length; cell += 1) {
      const count = counts[cell] as number;
      total += count;
      if (answer[cell] === cells.truth[cell]) correct += count;
    }
    return total === 0 ? null : correct / total;
  };
}

/** F1 of one class; null when it neither occurs nor is answered. */
export function f1Statistic(cells: Cells, index: number, model = 0): Statistic {
  const answer = cells.answers[model] ?? new Int32Array(0);
  return (counts) => {
    let correct = 0;
    let either = 0;
    for (let cell = 0; cell < counts.length; cell += 1) {
      const count = counts[cell] as number;
      const isTrue = cells.truth[cell] === index;
      const isAnswer = answer[cell] === index;
      if (isTrue && isAnswer) correct += count;
      either += (Number(isTrue) + Number(isAnswer)) * count;
    }
    return either === 0 ? null : (2 * correct) / either;
  };
}

/** Mean F1 of all classes; null when one of them has none. */
export function macroF1Statistic(cells: Cells, classes: number, model = 0): Statistic {
  const each = Array.from({ length: classes }, (_, index) => f1Statistic(cells, index, model));
  return (counts) => {
    let sum = 0;
    for (const statistic of each) {
      const f1 = statistic(counts);
      if (f1 === null) return null;
      sum += f1;
    }
    return classes === 0 ? null : sum / classes;
  };
}

/** Candidate minus baseline, on the same resample: what makes a comparison paired. */
export function differenceStatistic(baseline: Statistic, candidate: Statistic): Statistic {
  return (counts) => {
    const [before, after] = [baseline(counts), candidate(counts)];
    return before === null || after === null ? null : after - before;
  };
}
