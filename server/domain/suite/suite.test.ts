// Reference figures: numpy and scikit-learn 1.9.1 on rows of the generator of Park and Miller (s = 16807 s mod 2^31 - 1);
// the interval of the difference from 20,000 resamples drawn by numpy.random.default_rng(3).
import { describe, expect, it } from 'vitest';
import { type Classified, classificationFigures, classificationSlices } from './classification.ts';
import { compareClassifiers, compareEvaluators, familyOf } from './compare.ts';
import { performanceFacts } from './facts.ts';
import { regressionEvaluator } from './numbers.ts';
import { differenceSentence } from './sentences.ts';
import { cutRows } from './slices.ts';

function stream(seed: number): () => number {
  let s = seed;
  return () => {
    s = (s * 16807) % 2147483647;
    return s / 2147483647;
  };
}

const classes = ['a', 'b', 'c'];
const next = stream(42);
const rows = Array.from({ length: 60 }, () => {
  const truth = Math.floor(next() * 3);
  const scores = (bonus: number) => {
    const own = [next(), next(), next()];
    own[truth] = (own[truth] ?? 0) + bonus;
    const sum = own.reduce((a, b) => a + b);
    return own.map((one) => one / sum);
  };
  return { truth, good: scores(0.5), poor: scores(0.2) };
});
const side = (name: 'good' | 'poor'): Classified => ({
  truth: Int32Array.from(rows, (row) => row.truth),
  predicted: Int32Array.from(rows, (row) => row[name].indexOf(Math.max(...row[name]))),
  scores: Float64Array.from(rows.flatMap((row) => row[name])),
  known: 3,
  classes,
});
const drawing = { draws: 4000, confidence: 0.95, seed: 1 };
const names = { candidate: 2, incumbent: 1 };

describe('figures of a classifier', () => {
  it('have intervals as a bootstrap of f1_score(average="macro") has them', () => {
    const { figures, classes: own } = classificationFigures(side('good'), { ...drawing, values: null });
    const macro = figures.find(({ path }) => path === 'macro_f1')?.interval;
    expect(macro?.estimate).toBeCloseTo(0.8171717171717172, 12);
    expect(macro?.lower).toBeCloseTo(0.7073, 1.7);
    expect(macro?.upper).toBeCloseTo(0.9082, 1.7);
    expect(own[0]?.auc?.estimate).toBeCloseTo(0.9247943595769683, 12);
  });

  it('count what answers cost by the matrix of the brief; what it leaves out counts nothing', () => {
    const cells = [
      { actual: 'a', answered: 'b', value: 5 },
      { actual: 'a', answered: 'c', value: 1 },
    ];
    const { figures } = classificationFigures(side('good'), { ...drawing, values: { kind: 'cost', unit: 'EUR', cells } });
    // The confusion matrix of scikit-learn has 3 rows of a said to be b, and 2 said to be c.
    expect(figures.find(({ path }) => path === 'cost.mean')).toMatchObject({ unit: 'EUR', falls: true });
    expect(figures.find(({ path }) => path === 'cost.mean')?.interval?.estimate).toBeCloseTo((3 * 5 + 2) / 60, 12);
  });

  it('of a slice leave out F1 of a class that it has no row of', () => {
    const only = rows.flatMap((row, i) => (row.truth === 0 ? [i] : []));
    const [slice] = classificationSlices(side('good'), [{ kind: 'category', column: 'x', value: 'y', rows: only }], drawing);
    expect(slice?.figures['f1.b']).toBeNull();
    expect(slice?.figures.accuracy).toMatchObject({ method: 'Wilson', n: 23, estimate: 18 / 23 });
  });
});

describe('a comparison', () => {
  const compared = compareClassifiers(side('good'), side('poor'), {
    ...drawing,
    names,
    values: null,
    family: () => ['accuracy', 'f1.a'],
  });

  it('has the paired interval, McNemar and Holm over what is tested', () => {
    const accuracy = compared.metrics[0];
    expect(accuracy).toMatchObject({ path: 'accuracy', tested: true, verdict: 'worse' });
    expect(accuracy?.difference?.estimate).toBeCloseTo(-16 / 60, 12);
    // The difference goes in steps of one row: the ends may lie one step apart.
    expect(Math.abs((accuracy?.difference?.lower ?? 0) * 60 - -25)).toBeLessThan(1.001);
    expect(Math.abs((accuracy?.difference?.upper ?? 0) * 60 - -6)).toBeLessThan(1.001);
    expect(compared.mcnemar).toMatchObject({ onlyIncumbent: 22, onlyCandidate: 6 });
    expect(compared.metrics.filter(({ tested }) => tested)).toHaveLength(2);
    expect(compared.metrics.find(({ path }) => path === 'auc.a')?.difference?.estimate).toBeCloseTo(
      0.7038777908343126 - 0.9247943595769683,
      12,
    );
    expect(compared.sentence).toBe('v2 is worse by accuracy and F1 of a than v1, on the same 60 rows.');
  });

  it('says how many rows a difference would take', () => {
    const same = compareClassifiers(side('good'), side('good'), { ...drawing, names, values: null, family: (paths) => paths });
    expect(same.sentence).toBe('v2 and v1 can’t be told apart on 60 rows.');
    const difference = { estimate: 0.01, lower: -0.02, upper: 0.04, confidence: 0.95, method: 'b', n: 191 };
    const told = {
      path: 'accuracy',
      name: 'Accuracy',
      falls: false,
      tested: true,
      incumbent: 0.9,
      candidate: 0.91,
      p: 0.4,
      adjusted: 0.4,
    };
    expect(differenceSentence({ ...told, difference, verdict: 'unclear', needed: 887 }, names, 191)).toBe(
      'Accuracy: v2 and v1 can’t be told apart on 191 rows; about 890 would be needed for a difference of 1.0 points.',
    );
  });

  it('of numbers is better where the error falls', () => {
    const truth = Array.from({ length: 50 }, (_, i) => i);
    const off = (by: number) =>
      regressionEvaluator(
        truth,
        truth.map((y, i) => y + by * (1 + (i % 3))),
        [0.5],
      );
    const found = compareEvaluators(off(2), off(1), {
      ...drawing,
      names,
      family: (paths) => familyOf(paths, { positive: null, brief: null }),
    });
    expect(found.metrics.filter(({ tested }) => tested).map(({ path, verdict }) => [path, verdict])).toEqual([
      ['mae', 'better'],
      ['rmse', 'better'],
    ]);
  });
});

describe('cuts', () => {
  it('are values, quarters of numbers, lengths and months, none of all rows', () => {
    const n = 40;
    const columns = {
      city: Array.from({ length: n }, (_, i) => (i < 10 ? 'Rome' : 'Oslo')),
      same: Array.from({ length: n }, () => 'x'),
      age: Array.from({ length: n }, (_, i) => i),
      at: Array.from({ length: n }, (_, i) => (i < 20 ? '2002-07-01T00:00:00Z' : '2002-08-01T00:00:00Z')),
    };
    const kinds = { city: 'category', same: 'category', age: 'number', at: 'time' };
    const cuts = cutRows({ columns, kinds, names: Object.keys(columns), n, minRows: 10 });
    expect(cuts.map(({ column, value, rows: own }) => [column, value, own.length])).toEqual([
      ['city', 'Oslo', 30],
      ['city', 'Rome', 10],
      ['age', 'below 9.75', 10],
      ['age', '9.75 to 19.5', 10],
      ['age', '19.5 to 29.25', 10],
      ['age', '29.25 or more', 10],
      ['at', '2002-07', 20],
      ['at', '2002-08', 20],
    ]);
  });
});

it('facts are named as gates name them', () => {
  const part = classificationFigures(
    { ...side('good'), classes: ['a', 'very bad', 'c'] },
    { ...drawing, draws: 200, values: null },
  );
  const gold = { datasetVersionId: 'x', dataset: 'mail', number: 3, split: 'test', n: 60, hash: 'h', lockedBy: null };
  const facts = performanceFacts({
    ...part,
    task: 'classification',
    target: 'label',
    gold,
    confidence: 0.95,
    draws: 200,
    rows: 60,
    queries: null,
    slices: [],
    residuals: null,
    failedRows: [],
    overlaps: [{ number: 2, rows: 4, sentence: '' }],
    others: [{ gold, figures: part.figures }],
  });
  const paths = facts.map(({ path }) => path);
  for (const path of ['accuracy', 'f1."very bad"', 'auc.a', 'ece', 'gold."mail v3 test".accuracy']) expect(paths).toContain(path);
  expect(facts.find(({ path }) => path === 'overlap.rows')?.estimate).toBe(4);
});
