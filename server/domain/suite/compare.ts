/**
 * Two models on the same rows: the difference of each figure with its paired bootstrap interval, p-values corrected by
 * Holm over all of them, McNemar's test, and a sentence that says what that means.
 */
import type { ValueMatrix } from '../brief.schema.ts';
import { groupCells } from '../cells.ts';
import { CLASS_AVERAGES, countClasses, emptyCounts, f1Of, writeAverages } from '../metrics/class-counts.ts';
import { isFalling, metricName, metricPath } from '../metrics/paths.ts';
import { weightedEce } from '../metrics/probability-scores.ts';
import { weightedMean } from '../metrics/regression.ts';
import { createRandom } from '../random.ts';
import { aucDifference, aucInterval } from '../stats/delong.ts';
import { holm } from '../stats/holm.ts';
import { rowsForDifference, rowsForMcnemar } from '../stats/power.ts';
import { mcnemarExact, mcnemarMidP } from '../stats/proportions.ts';
import { bootstrapCounts, bootstrapRows, type Resampled } from '../stats/resample.ts';
import { type Classified, cellCounts, cellValues, column, type Drawing, isClass, probabilityRows } from './classification.ts';
import type { Evaluator } from './numbers.ts';
import type { ComparedFigure, ComparisonData } from './sections.schema.ts';
import { differenceSentence, summarySentence } from './sentences.ts';

type Pair = { path: string; incumbent: number; candidate: number; difference: Resampled };
type Named = { candidate: number; incumbent: number };
/** Which of the figures are tested together. */
type Family = (paths: readonly string[]) => readonly string[];
type Judge = Drawing & { names: Named; rows: number; family: Family };
type Mcnemar = NonNullable<ComparisonData['mcnemar']>;

/** Compares two classifiers on the same rows. @throws RangeError when they answer different numbers of rows */
export function compareClassifiers(
  incumbent: Classified,
  candidate: Classified,
  o: Omit<Judge, 'rows'> & { values: ValueMatrix | null },
): ComparisonData {
  const n = candidate.truth.length;
  if (incumbent.predicted.length !== n) throw new RangeError('Compared models must answer the same rows.');
  const pairs = [
    ...countPairs(incumbent, candidate, o),
    ...probabilityPairs(incumbent, candidate, o),
    ...aucPairs(incumbent, candidate, o),
  ];
  const mcnemar = discordant(candidate.truth, incumbent.predicted, candidate.predicted);
  return judge(pairs, mcnemar, { ...o, rows: n });
}

/** Compares two models whose figures follow from weighted units: numbers, rankings, sets of labels. */
export function compareEvaluators(incumbent: Evaluator, candidate: Evaluator, o: Omit<Judge, 'rows'>): ComparisonData {
  if (incumbent.units !== candidate.units) throw new RangeError('Compared models must answer the same rows.');
  const { paths, units } = candidate;
  const [before, after] = [new Float64Array(paths.length), new Float64Array(paths.length)];
  const drawn = bootstrapRows(units, {
    ...drawing(o, 0),
    figures: paths.length,
    evaluate(weights, out) {
      incumbent.write(weights, before);
      candidate.write(weights, after);
      for (let i = 0; i < paths.length; i += 1) out[i] = (after[i] as number) - (before[i] as number);
    },
  });
  const whole = new Float64Array(units).fill(1);
  incumbent.write(whole, before);
  candidate.write(whole, after);
  const pairs = paths.map((path, i) => pairOf(path, before[i] ?? Number.NaN, after[i] ?? Number.NaN, drawn[i]));
  return judge(pairs, null, { ...o, rows: units });
}

function countPairs(
  incumbent: Classified,
  candidate: Classified,
  o: Omit<Judge, 'rows'> & { values: ValueMatrix | null },
): Pair[] {
  const cells = groupCells(candidate.truth, [incumbent.predicted, candidate.predicted]);
  const { classes } = candidate;
  const sides = cells.answers.map((answer) => ({
    cells: { truth: cells.truth, answer },
    counts: emptyCounts(classes.length),
    worth: o.values ? cellValues({ truth: cells.truth, answer }, classes, o.values) : null,
  }));
  const paths = [
    ...CLASS_AVERAGES.filter((path) => path !== 'micro_f1'),
    ...classes.map((name) => metricPath('f1', name)),
    ...(o.values ? [`${o.values.kind}.mean`] : []),
  ];
  const averages = new Float64Array(CLASS_AVERAGES.length);
  const write = (side: number, weights: Float64Array, out: Float64Array) => {
    const { cells: own, counts, worth } = sides[side] as (typeof sides)[number];
    countClasses(weights, own, counts);
    writeAverages(counts, averages);
    let at = 0;
    CLASS_AVERAGES.forEach((path, i) => {
      if (path !== 'micro_f1') out[at++] = averages[i] as number;
    });
    for (let k = 0; k < classes.length; k += 1) out[at++] = f1Of(counts, k);
    if (worth) out[at] = weightedMean(weights, worth);
  };
  const [before, after] = [new Float64Array(paths.length), new Float64Array(paths.length)];
  const own = cellCounts(cells.ofRow, cells.truth.length);
  const drawn = bootstrapCounts(own, {
    ...drawing(o, 0),
    figures: paths.length,
    evaluate(weights, out) {
      write(0, weights, before);
      write(1, weights, after);
      for (let i = 0; i < paths.length; i += 1) out[i] = (after[i] as number) - (before[i] as number);
    },
  });
  write(0, own, before);
  write(1, own, after);
  return paths.map((path, i) => pairOf(path, before[i] ?? Number.NaN, after[i] ?? Number.NaN, drawn[i]));
}

function probabilityPairs(incumbent: Classified, candidate: Classified, o: Omit<Judge, 'rows'>): Pair[] {
  if (!incumbent.scores || !candidate.scores) return [];
  const rows = [probabilityRows(incumbent, incumbent.scores), probabilityRows(candidate, candidate.scores)] as const;
  const figures = (side: 0 | 1, weights: Float64Array) => [
    weightedMean(weights, rows[side].logLoss),
    weightedMean(weights, rows[side].brier),
    weightedEce(weights, rows[side]),
  ];
  const paths = ['log_loss', 'brier', 'ece'];
  const n = candidate.truth.length;
  const drawn = bootstrapRows(n, {
    ...drawing(o, 1),
    figures: paths.length,
    evaluate(weights, out) {
      const [before, after] = [figures(0, weights), figures(1, weights)];
      for (let i = 0; i < paths.length; i += 1) out[i] = (after[i] ?? 0) - (before[i] ?? 0);
    },
  });
  const whole = new Float64Array(n).fill(1);
  const [before, after] = [figures(0, whole), figures(1, whole)];
  return paths.map((path, i) => pairOf(path, before[i] ?? Number.NaN, after[i] ?? Number.NaN, drawn[i]));
}

function aucPairs(incumbent: Classified, candidate: Classified, o: Omit<Judge, 'rows'>): Pair[] {
  const { scores: before, known: width } = incumbent;
  const { scores: after, known } = candidate;
  if (!before || !after) return [];
  return candidate.classes.slice(0, known).flatMap((name, index) => {
    const place = incumbent.classes.indexOf(name);
    if (place < 0 || place >= width) return [];
    const own = isClass(candidate.truth, index);
    const [first, second] = [column(before, width, place), column(after, known, index)];
    const difference = aucDifference(first, second, own, o.confidence);
    const [a, b] = [aucInterval(first, own), aucInterval(second, own)];
    return difference && a && b ? [pairOf(metricPath('auc', name), a.estimate, b.estimate, difference)] : [];
  });
}

/** All differences; those of the family are tested, corrected by Holm, and come first. */
function judge(pairs: Pair[], mcnemar: Mcnemar | null, o: Judge): ComparisonData {
  const family = new Set(o.family(pairs.map(({ path }) => path)));
  const tested = pairs.filter(({ path, difference }) => family.has(path) && difference.p !== null);
  const corrected = holm(tested.map(({ difference }) => difference.p ?? 1));
  const adjusted = new Map(tested.map((pair, i) => [pair.path, corrected[i] ?? 1]));
  const metrics = pairs.map((pair) =>
    compared(pair, { tested: family.has(pair.path), adjusted: adjusted.get(pair.path) ?? null, mcnemar, o }),
  );
  const first = metrics.filter((figure) => family.has(figure.path));
  const rest = metrics.filter((figure) => !family.has(figure.path));
  const data = {
    candidate: o.names.candidate,
    incumbent: o.names.incumbent,
    rows: o.rows,
    confidence: o.confidence,
    draws: o.draws,
  };
  return { ...data, metrics: [...first, ...rest], mcnemar, sentence: summarySentence(first, o.names, o.rows) };
}

function compared(
  pair: Pair,
  { tested, adjusted, mcnemar, o }: { tested: boolean; adjusted: number | null; mcnemar: Mcnemar | null; o: Judge },
): ComparedFigure {
  const { path, difference } = pair;
  const { interval } = difference;
  const falls = isFalling(path);
  const apart = interval !== null && (interval.lower > 0 || interval.upper < 0);
  const seen = apart && adjusted !== null && adjusted <= 1 - o.confidence;
  const verdict = !seen ? 'unclear' : interval.estimate > 0 !== falls ? 'better' : 'worse';
  const needed = verdict === 'unclear' ? rowsNeeded(pair, mcnemar, o) : null;
  const figure = {
    path,
    name: metricName(path),
    falls,
    tested,
    difference: interval,
    p: difference.p,
    adjusted,
    verdict,
    needed,
  } as const;
  const told = { ...figure, incumbent: numberOf(pair.incumbent), candidate: numberOf(pair.candidate) };
  return { ...told, sentence: differenceSentence(told, o.names, o.rows) };
}

/** The figures that are tested unless the suite names others: the brief's first, those that may not fall, and the task's own. */
export function familyOf(
  paths: readonly string[],
  o: { positive: string | null; brief: { firstMetric: string | null; heldMetrics: readonly { metric: string }[] } | null },
): string[] {
  const own = o.positive === null ? 'macro_f1' : metricPath('f1', o.positive);
  const usual = [
    'accuracy',
    own,
    'micro_f1',
    'log_loss',
    'ece',
    'mae',
    'rmse',
    'subset_accuracy',
    'mrr',
    'cost.mean',
    'value.mean',
  ];
  const wanted = [
    ...(o.brief?.firstMetric ? [o.brief.firstMetric] : []),
    ...(o.brief?.heldMetrics.map(({ metric }) => metric) ?? []),
    ...usual,
  ];
  const found = [...new Set(wanted)].filter((path) => paths.includes(path));
  const ndcg = paths.filter((path) => path.startsWith('ndcg.')).at(-1);
  return ndcg ? [...found, ndcg] : found;
}

function rowsNeeded(pair: Pair, mcnemar: Mcnemar | null, o: Judge): number | null {
  if (pair.path === 'accuracy' && mcnemar && o.rows > 0)
    return rowsForMcnemar(mcnemar.onlyIncumbent / o.rows, mcnemar.onlyCandidate / o.rows, o.confidence);
  const needed = pair.difference.interval ? rowsForDifference(pair.difference.interval) : null;
  return needed === null || needed > Number.MAX_SAFE_INTEGER ? null : needed;
}

function discordant(truth: Int32Array, before: Int32Array, after: Int32Array): Mcnemar {
  let [onlyIncumbent, onlyCandidate] = [0, 0];
  for (let i = 0; i < truth.length; i += 1) {
    const [was, is] = [before[i] === truth[i], after[i] === truth[i]];
    if (was && !is) onlyIncumbent += 1;
    if (is && !was) onlyCandidate += 1;
  }
  return {
    onlyIncumbent,
    onlyCandidate,
    p: mcnemarExact(onlyIncumbent, onlyCandidate),
    midP: mcnemarMidP(onlyIncumbent, onlyCandidate),
  };
}

function drawing(o: Drawing, stream: number) {
  return { draws: o.draws, random: createRandom(o.seed + stream), confidence: o.confidence, method: 'paired bootstrap' };
}

function pairOf(path: string, incumbent: number, candidate: number, difference: Resampled | undefined): Pair {
  return { path, incumbent, candidate, difference: difference ?? { interval: null, p: null } };
}

function numberOf(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
