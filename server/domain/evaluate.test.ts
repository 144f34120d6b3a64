import { describe, expect, it } from 'vitest';
import { comparePaired } from './compare.ts';
import { evaluate, type Scored } from './evaluate.ts';
import { evaluationSummarySchema, pairedComparisonSchema } from './evaluation.schema.ts';
import { createRandom } from './random.ts';
import { lengthBand, monthOf } from './slices.ts';

/** Rows with labels ham or spam, of which a share is answered rightly, by seed. */
function scored(n: number, o: { share: number; seed: number; spam?: number }): Scored {
  const random = createRandom(o.seed);
  const labels = createRandom('labels');
  const truth = Array.from({ length: n }, () => (labels.next() < (o.spam ?? 0.3) ? 'spam' : 'ham'));
  const predicted = truth.map((own) => (random.next() < o.share ? own : own === 'spam' ? 'ham' : 'spam'));
  const probabilities = predicted.flatMap((own) => (own === 'spam' ? [0.1, 0.9] : [0.9, 0.1]));
  return { truth, predicted, probabilities, classes: ['ham', 'spam'] };
}

describe('evaluate', () => {
  it('gives figures with intervals that enclose them, in the published shape', () => {
    const summary = evaluate(scored(600, { share: 0.95, seed: 1 }), { slices: [] });
    expect(evaluationSummarySchema.parse(summary)).toEqual(summary);
    for (const figure of [summary.accuracy, summary.macroF1, ...summary.perClass.map((one) => one.f1)]) {
      expect(figure?.lower).toBeLessThanOrEqual(figure?.estimate ?? Number.NaN);
      expect(figure?.upper).toBeGreaterThanOrEqual(figure?.estimate ?? Number.NaN);
      expect((figure?.upper ?? 1) - (figure?.lower ?? 0)).toBeLessThan(0.12);
    }
    expect(summary.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(600);
  });

  it('counts a label that the model does not know as wrong', () => {
    const summary = evaluate(
      { truth: ['ham', 'phish'], predicted: ['ham', 'ham'], probabilities: [1, 0, 1, 0], classes: ['ham', 'spam'] },
      { slices: [] },
    );
    expect(summary.classes).toEqual(['ham', 'spam', 'phish']);
    expect(summary.accuracy?.estimate).toBe(0.5);
    expect(summary.perClass[2]).toMatchObject({ name: 'phish', support: 1, f1: null });
    expect(summary.macroF1).toBeNull();
  });

  it('has no figures without rows', () => {
    const summary = evaluate({ truth: [], predicted: [], probabilities: [], classes: ['a', 'b'] }, { slices: [] });
    expect(summary).toMatchObject({ rows: 0, accuracy: null, macroF1: null, logLoss: null });
  });

  it('shows no F1 for a class that a slice lacks, and leaves small slices out', () => {
    const data = scored(200, { share: 0.9, seed: 2 });
    const domain = data.truth.map((own, row) => (row < 10 ? 'tiny.org' : own === 'ham' ? 'work.org' : 'mixed.org'));
    const { slices } = evaluate(data, { slices: [{ kind: 'category', column: 'from_domain', values: domain }] });
    expect(slices.map((slice) => slice.value)).toEqual(['work.org', 'mixed.org']);
    const work = slices[0];
    expect(work?.f1.find((one) => one.name === 'spam')).toMatchObject({ name: 'spam', support: 0, f1: null });
    expect(work?.f1.find((one) => one.name === 'ham')?.f1).toBeGreaterThan(0.8);
  });

  it('orders bands of length and months by themselves', () => {
    const data = scored(90, { share: 0.9, seed: 2 });
    const lengths = data.truth.map((_, row) => lengthBand('x'.repeat([5000, 10, 700][row % 3] ?? 0)));
    const months = data.truth.map((_, row) =>
      monthOf(['2002-11-01T00:00:00Z', '2002-02-28 23:59:59', 1_027_000_000_000][row % 3] ?? null),
    );
    const { slices } = evaluate(data, {
      slices: [
        { kind: 'length', column: 'body', values: lengths },
        { kind: 'month', column: 'at', values: months },
      ],
    });
    expect(slices.map((slice) => slice.value)).toEqual([
      'under 500',
      '500 to 999',
      '5,000 or more',
      '2002-02',
      '2002-07',
      '2002-11',
    ]);
  });

  it('reads months in UTC, and none from nonsense', () => {
    expect(monthOf('2002-08-31T23:30:00-04:00')).toBe('2002-09');
    expect(monthOf('yesterday')).toBeNull();
    expect(monthOf(null)).toBeNull();
  });
});

describe('comparePaired', () => {
  const first = scored(500, { share: 0.9, seed: 3 });
  const second = scored(500, { share: 0.97, seed: 4 });

  it('finds the better one, in the published shape', () => {
    const found = comparePaired({ truth: first.truth, baseline: first.predicted, candidate: second.predicted });
    expect(pairedComparisonSchema.parse(found)).toEqual(found);
    expect(found.accuracy.difference?.lower).toBeGreaterThan(0);
    expect(found.mcnemar.p).toBeLessThan(0.01);
    expect(found.accuracy.difference?.estimate).toBeCloseTo((found.accuracy.candidate ?? 0) - (found.accuracy.baseline ?? 0), 12);
  });

  it('says exactly nothing about a model and itself', () => {
    const same = comparePaired({ truth: first.truth, baseline: first.predicted, candidate: first.predicted });
    expect(same.accuracy.difference).toMatchObject({ estimate: 0, lower: 0, upper: 0 });
    expect(same.mcnemar).toEqual({ onlyBaseline: 0, onlyCandidate: 0, p: 1 });
  });

  it('is as wide as theory says', () => {
    // Standard error of a difference of paired proportions: sqrt(b + c - (b - c)^2 / n) / n (Agresti, Categorical Data
    // Analysis, 2nd ed., section 10.1.1), b and c the rows that only one got right; a 95 % interval is 2 * 1.96 of it.
    const { accuracy, mcnemar } = comparePaired({ truth: first.truth, baseline: first.predicted, candidate: second.predicted });
    const [b, c] = [mcnemar.onlyBaseline, mcnemar.onlyCandidate];
    const width = (2 * 1.96 * Math.sqrt(b + c - (b - c) ** 2 / 500)) / 500;
    expect((accuracy.difference?.upper ?? 0) - (accuracy.difference?.lower ?? 0)).toBeCloseTo(width, 2);
  });

  it('refuses other rows', () => {
    expect(() => comparePaired({ truth: ['a'], baseline: ['a'], candidate: [] })).toThrow(RangeError);
  });
});
