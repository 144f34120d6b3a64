/** Whether a difference between two runs is more than noise, in words. Pure. */
import { formatDelta, formatRange } from '#components/ui/format.ts';
import type { PairedComparison } from '#server/domain/evaluation.schema.ts';
import type { Interval } from '#server/domain/stats/interval.schema.ts';
import { holm } from './holm.ts';

/** What is compared: `accuracy`, `macroF1`, or `f1:` and a class. */
export type Measure = string;
export type Verdict = 'better' | 'worse' | 'open' | 'none';
export type Noise = { run: string; difference: Interval | null; verdict: Verdict; p: number; onlyOne: number; rows: number };

/** The measures that a comparison holds, the mean F1 first. */
export function measuresOf(comparison: PairedComparison | undefined): { value: Measure; label: string }[] {
  return [
    { value: 'macroF1', label: 'F1, mean of the classes' },
    ...(comparison?.perClass ?? []).map(({ name }) => ({ value: `f1:${name}`, label: `F1 of ${name}` })),
    { value: 'accuracy', label: 'accuracy' },
  ];
}

/** "F1", "F1 of spam", "accuracy": the measure within a sentence. */
export function measureWord(measure: Measure): string {
  if (measure === 'accuracy') return 'accuracy';
  return measure.startsWith('f1:') ? `F1 of ${measure.slice(3)}` : 'F1';
}

export function differenceOf(comparison: PairedComparison, measure: Measure): Interval | null {
  if (measure === 'accuracy') return comparison.accuracy.difference;
  if (measure === 'macroF1') return comparison.macroF1.difference;
  return comparison.perClass.find(({ name }) => `f1:${name}` === measure)?.difference ?? null;
}

/**
 * Each pair's difference with its verdict: better or worse only when the 95 % interval leaves zero out. The p-values are those of
 * McNemar's exact test on right and wrong answers, by Holm over the pairs that are shown.
 */
export function judgePairs(pairs: readonly { run: string; comparison: PairedComparison }[], measure: Measure): Noise[] {
  const adjusted = holm(pairs.map(({ comparison }) => comparison.mcnemar.p));
  return pairs.map(({ run, comparison }, i) => {
    const difference = differenceOf(comparison, measure);
    const { onlyBaseline, onlyCandidate } = comparison.mcnemar;
    return {
      run,
      difference,
      verdict: verdictOf(difference),
      p: adjusted[i] ?? 1,
      onlyOne: onlyBaseline + onlyCandidate,
      rows: comparison.rows,
    };
  });
}

function verdictOf(difference: Interval | null): Verdict {
  if (!difference) return 'none';
  if (difference.lower > 0) return 'better';
  return difference.upper < 0 ? 'worse' : 'open';
}

/** The pair that the sentence is about: the largest certain difference, else the largest of all. */
export function mostTelling(noises: readonly Noise[]): Noise | undefined {
  const certain = noises.filter(({ verdict }) => verdict === 'better' || verdict === 'worse');
  const size = (noise: Noise) => Math.abs(noise.difference?.estimate ?? 0);
  return [...(certain.length > 0 ? certain : noises)].sort((a, b) => size(b) - size(a))[0];
}

/** "1.2 points", without a sign. */
export function pointsWord(difference: Interval): string {
  const points = formatDelta(Math.abs(difference.estimate) * 100, 1).replace('+', '');
  return `${points} ${points === '1.0' ? 'point' : 'points'}`;
}

/** "95 % interval 0.3 to 2.1", in points, turned so that a worse run's ends are losses. */
export function intervalWords(difference: Interval, turned = false): string {
  const [lower, upper] = turned ? [-difference.upper, -difference.lower] : [difference.lower, difference.upper];
  return `${Math.round(difference.confidence * 100)} % interval ${formatRange(lower * 100, upper * 100, 1)}`;
}

/** "p = 0.027", "p < 0.001", "p = 1". */
export function pWords(p: number): string {
  if (p < 0.001) return 'p < 0.001';
  return p >= 0.9995 ? 'p = 1' : `p = ${p.toFixed(3)}`;
}

/** An axis about zero that holds all intervals, in whole steps of points: 0.03 stands for ±3 points. */
export function commonReach(noises: readonly Noise[]): number {
  const most = Math.max(0, ...noises.flatMap(({ difference }) => (difference ? [-difference.lower, difference.upper] : [])));
  const step = [0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5].find((candidate) => candidate >= most);
  return step ?? 1;
}
