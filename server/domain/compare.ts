/** Two models on the same rows: paired bootstrap of each difference, and McNemar's exact test. */
import { accuracyStatistic, differenceStatistic, f1Statistic, groupCells, macroF1Statistic } from './cells.ts';
import type { PairedComparison } from './evaluation.schema.ts';
import { createRandom } from './random.ts';
import { bootstrapIntervals, type Statistic } from './stats/bootstrap.ts';
import { mcnemarExact } from './stats/proportions.ts';

/**
 * Compares answers row by row. The three arrays have one entry a row, in the same order of rows.
 * @throws RangeError when they differ in length
 */
export function comparePaired(o: {
  truth: readonly string[];
  baseline: readonly string[];
  candidate: readonly string[];
  seed?: number;
}): PairedComparison {
  const n = o.truth.length;
  if (o.baseline.length !== n || o.candidate.length !== n) throw new RangeError('Compared models must answer the same rows.');
  const classes = [...new Set([...o.truth, ...o.baseline, ...o.candidate])].sort();
  const numberOf = new Map(classes.map((name, index) => [name, index]));
  const numbers = (names: readonly string[]) => Int32Array.from(names, (name) => numberOf.get(name) ?? -1);
  const truth = numbers(o.truth);
  const answers = [numbers(o.baseline), numbers(o.candidate)];
  const cells = groupCells(truth, answers);

  const pairs: [Statistic, Statistic][] = [
    [accuracyStatistic(cells, 0), accuracyStatistic(cells, 1)],
    [macroF1Statistic(cells, classes.length, 0), macroF1Statistic(cells, classes.length, 1)],
    ...classes.map((_, index): [Statistic, Statistic] => [f1Statistic(cells, index, 0), f1Statistic(cells, index, 1)]),
  ];
  const intervals = bootstrapIntervals(cells.ofRow, {
    cellCount: cells.truth.length,
    statistics: pairs.map(([before, after]) => differenceStatistic(before, after)),
    random: createRandom(o.seed ?? 0),
    method: 'paired bootstrap',
  });
  const counts = new Float64Array(cells.truth.length);
  for (const cell of cells.ofRow) counts[cell] = (counts[cell] ?? 0) + 1;
  const [accuracy, macroF1, ...perClass] = pairs.map(([before, after], i) => ({
    baseline: n === 0 ? null : before(counts),
    candidate: n === 0 ? null : after(counts),
    difference: intervals[i] ?? null,
  }));
  const nothing = { baseline: null, candidate: null, difference: null };
  const only = (own: number, other: number) =>
    truth.reduce((sum, label, row) => sum + Number(answers[own]?.[row] === label && answers[other]?.[row] !== label), 0);
  const [onlyBaseline, onlyCandidate] = [only(0, 1), only(1, 0)];
  return {
    rows: n,
    accuracy: accuracy ?? nothing,
    macroF1: macroF1 ?? nothing,
    perClass: classes.map((name, index) => ({
      name,
      support: truth.filter((label) => label === index).length,
      ...(perClass[index] ?? nothing),
    })),
    mcnemar: { onlyBaseline, onlyCandidate, p: mcnemarExact(onlyBaseline, onlyCandidate) },
  };
}
