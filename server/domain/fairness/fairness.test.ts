// Reference figures: fairlearn 0.15.0, scikit-learn 1.9.1 and scipy 1.17.1, by the calls named in each test, on the rows that
// `sample` makes: a linear congruential generator (Numerical Recipes' constants) that was run in Python as well.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { areaUnderCurve, association } from './association.ts';
import { groupCalibrations } from './calibration-groups.ts';
import { disparities } from './disparity.ts';
import { crossGroups, groupRows, MISSING, OTHERS } from './groups.ts';
import { consistency } from './neighbours.ts';
import { numberGroups } from './number-groups.ts';
import { categoryProxy, textProxy } from './proxies.ts';
import { groupRates, rateCells } from './rates.ts';
import { chiSquareTail, ownShares, representation } from './representation.ts';

function sample(n = 240) {
  let s = 7;
  const next = () => {
    s = (s * 1664525 + 1013904223) % 4294967296;
    return s / 4294967296;
  };
  const [rate, right] = [
    { a: 0.5, b: 0.35, c: 0.6 },
    { a: 0.85, b: 0.7, c: 0.9 },
  ];
  return Array.from({ length: n }, () => {
    const u = next();
    const group: 'a' | 'b' | 'c' = u < 0.5 ? 'a' : u < 0.8 ? 'b' : 'c';
    const truth = next() < rate[group];
    const answer = next() < right[group] ? truth : !truth;
    return { group, truth, answer };
  });
}

const rows = sample();
const groups = groupRows(
  'group',
  'category',
  rows.map((row) => row.group),
);
const truth = rows.map((row) => row.truth);
const answer = rows.map((row) => row.answer);
const cells = rateCells(groups, truth, answer);

describe('figures of groups', () => {
  it('are those of fairlearn.metrics.MetricFrame.by_group', () => {
    const expected = {
      a: {
        selection_rate: 0.4661016949,
        tpr: 0.8596491228,
        fpr: 0.0983606557,
        precision: 0.8909090909,
        accuracy: 0.8813559322,
        n: 118,
      },
      b: {
        selection_rate: 0.3382352941,
        tpr: 0.6818181818,
        fpr: 0.1739130435,
        precision: 0.652173913,
        accuracy: 0.7794117647,
        n: 68,
      },
      c: { selection_rate: 0.6296296296, tpr: 0.9444444444, fpr: 0, precision: 1, accuracy: 0.962962963, n: 54 },
    };
    const found = groupRates(groups, cells);
    expect(found.map((group) => group.name)).toEqual(['a', 'b', 'c']);
    for (const group of found) {
      const { n, ...rates } = expected[group.name as 'a' | 'b' | 'c'];
      expect(group.n).toBe(n);
      for (const [rate, value] of Object.entries(rates)) expect(group[rate as 'tpr']?.estimate).toBeCloseTo(value, 9);
    }
  });

  it('say null where a rate is 0/0', () => {
    const two = groupRows('g', 'category', ['x', 'x', 'y']);
    const [x, y] = groupRates(two, rateCells(two, [true, true, false], [false, true, false]));
    expect(x).toMatchObject({ fpr: null, tpr: { estimate: 0.5 } });
    expect(y).toMatchObject({ tpr: null, precision: null, fpr: { estimate: 0 }, n: 1 });
  });
});

describe('disparities', () => {
  it.each([
    // fairlearn.metrics.demographic_parity_difference and so on; the last two by MetricFrame(...).difference().
    ['demographic_parity', 0.29139433551198257],
    ['demographic_parity_ratio', 0.53719723183391],
    ['equalized_odds', 0.26262626262626265],
    ['equalized_odds_ratio', 0],
    ['equal_opportunity', 0.26262626262626265],
    ['accuracy', 0.18355119825708055],
    ['predictive_parity', 0.34782608695652173],
  ])('%s as fairlearn has it', (definition, expected) => {
    const found = disparities(groups, cells, { minimum: 0, random: createRandom(1) }).find(
      (one) => one.definition === definition,
    );
    expect(found?.interval?.estimate).toBeCloseTo(expected, 12);
    expect(found?.interval?.lower).toBeLessThanOrEqual(expected);
    expect(found?.interval?.upper).toBeGreaterThanOrEqual(expected);
  });

  it('names the groups at both ends, and what chance alone would give', () => {
    const parity = disparities(groups, cells, { minimum: 0, random: createRandom(1) })[0];
    expect(parity).toMatchObject({ low: 'b', high: 'c', groups: 3 });
    // Chance: selection rates of random groups of 54 to 118 rows differ by less than 0.2 in 19 of 20 divisions.
    expect(parity?.chance).toBeGreaterThan(0.1);
    expect(parity?.chance).toBeLessThan(0.25);
  });

  it('leaves small groups unjudged, and is null when fewer than two are left', () => {
    const judge = (minimum: number) => disparities(groups, cells, { minimum, random: createRandom(1) })[0];
    expect(judge(60)).toMatchObject({ groups: 2, low: 'b', high: 'a' });
    expect(judge(100)).toMatchObject({ groups: 1, interval: null, chance: null, low: null });
  });
});

describe('groups', () => {
  it('keeps missing values as a group of their own, last', () => {
    const found = groupRows('g', 'category', ['b', null, 'a', '', 'b', null]);
    expect(found.names).toEqual(['b', 'a', MISSING]);
    expect(found.sizes).toEqual([2, 1, 3]);
  });

  it('cuts numbers at their quartiles, few values by themselves', () => {
    expect(groupRows('age', 'number', [1, 2, 3, 4, 5, 6, 7, 8, null]).names).toEqual([
      'up to 2.75',
      '2.75 to 4.5',
      '4.5 to 6.25',
      'over 6.25',
      MISSING,
    ]);
    expect(groupRows('flag', 'number', [1, 0, 1, 1]).names).toEqual(['0', '1']);
  });

  it('puts the tail of many values together', () => {
    const found = groupRows(
      'g',
      'category',
      Array.from({ length: 100 }, (_, i) => (i < 50 ? 'common' : `v${i}`)),
    );
    expect(found.names).toHaveLength(24);
    expect(found.names.at(-1)).toBe(OTHERS);
    expect(found.sizes.reduce((sum, size) => sum + size, 0)).toBe(100);
  });

  it('crosses two columns', () => {
    const a = groupRows('region', 'category', ['n', 's', 'n']);
    const b = groupRows('sex', 'category', ['f', 'f', 'm']);
    expect(crossGroups(a, b)).toMatchObject({ column: 'region × sex', sizes: [1, 1, 1] });
  });
});

describe('representation', () => {
  it('tests as scipy.stats.chisquare([50, 30, 20], [60, 25, 15])', () => {
    const own = groupRows('g', 'category', [...Array(50).fill('a'), ...Array(30).fill('b'), ...Array(20).fill('c')]);
    const found = representation(own, [
      { value: 'a', share: 0.6 },
      { value: 'b', share: 0.25 },
      { value: 'c', share: 0.15 },
    ]);
    expect(found.chiSquare).toBeCloseTo(4.333333333333334, 12);
    expect(found.p).toBeCloseTo(0.11455884399268768, 12);
    expect(found.groups[0]).toMatchObject({ n: 50, stated: 0.6 });
    expect(ownShares(own)).toEqual([
      { value: 'a', share: 0.5 },
      { value: 'b', share: 0.3 },
      { value: 'c', share: 0.2 },
    ]);
  });

  it('counts what the population does not name, and says null without rows', () => {
    const own = groupRows('g', 'category', ['z', null]);
    const found = representation(own, [
      { value: 'a', share: 1 },
      { value: 'b', share: 1 },
    ]);
    expect(found).toMatchObject({ n: 0, outside: 2, chiSquare: null, p: null, reliable: false });
  });

  it.each([
    // scipy.stats.chi2.sf
    [3.841458820694124, 1, 0.05],
    [0.5, 3, 0.9188914116546758],
    [30, 5, 1.4748581038443073e-5],
  ])('tail of chi-square %f on %i', (x, k, p) => {
    expect(chiSquareTail(x, k)).toBeCloseTo(p, 12);
  });
});

describe('columns that betray another', () => {
  const table = [
    [30, 10, 5],
    [12, 25, 8],
    [6, 9, 20],
  ];
  const [a, b]: number[][] = [[], []];
  for (const [i, line] of table.entries()) {
    for (const [j, count] of line.entries()) {
      a?.push(...Array<number>(count).fill(i));
      b?.push(...Array<number>(count).fill(j));
    }
  }

  it("measures as scipy.stats.contingency.association(method='cramer') and sklearn's normalized_mutual_info_score", () => {
    const found = association(a ?? [], b ?? []);
    expect(found.cramersV).toBeCloseTo(0.4060627597883914, 12);
    expect(found.mutualInformation).toBeCloseTo(0.14152547575859747, 12);
    expect(association([0, 0], [0, 1]).cramersV).toBeNull();
  });

  it('ranks as sklearn.metrics.roc_auc_score', () => {
    expect(areaUnderCurve([false, false, true, true, true], [0.1, 0.4, 0.35, 0.8, 0.4])).toBeCloseTo(0.75, 12);
    expect(areaUnderCurve([true], [1])).toBeNull();
  });

  it('finds a proxy above chance, and none in noise', () => {
    const random = createRandom(3);
    const hidden = Array.from({ length: 400 }, () => (random.next() < 0.5 ? 'x' : 'y'));
    const own = groupRows('hidden', 'category', hidden);
    const copy = hidden.map((value) => (random.next() < 0.9 ? value : 'x'));
    const noise = hidden.map(() => (random.next() < 0.5 ? 'p' : 'q'));
    expect(categoryProxy(own, groupRows('copy', 'category', copy), random)).toMatchObject({ betrays: true });
    expect(categoryProxy(own, groupRows('noise', 'category', noise), random)).toMatchObject({ betrays: false });
    const texts = hidden.map((value) => `word${random.int(30)} ${value === 'x' ? 'sir' : 'madam'} word${random.int(30)}`);
    expect(textProxy(own, 'text', texts, random)).toMatchObject({ measure: 'auc', betrays: true });
    expect(
      textProxy(
        own,
        'text',
        texts.map((text) => text.slice(0, 6)),
        random,
      ).betrays,
    ).toBe(false);
  });
});

describe('consistency', () => {
  it('is that of 3 neighbours by sklearn.neighbors.NearestNeighbors', () => {
    const x = [
      [0, 0],
      [0.1, 0],
      [0, 0.2],
      [1, 1],
      [1.1, 1],
      [1, 1.3],
      [0.5, 0.45],
    ];
    const answers = [0, 0, 1, 1, 1, 0, 1];
    // Both columns get nearly the same scale, so the neighbours are those of the plain figures: checked in Python,
    // 1 - mean |y_i - mean of y over the 3 nearest others| = 0.38095238.
    const columns = [0, 1].map((at) => ({ name: `x${at}`, kind: 'number', values: x.map((row) => row[at] ?? 0) }));
    expect(consistency(columns, answers, 3)?.estimate).toBeCloseTo(0.3809523809523808, 12);
  });

  it('is 1 where alike texts get the same answer', () => {
    const values = Array.from({ length: 40 }, (_, i) => (i % 2 ? 'win money now' : 'meeting at noon'));
    const found = consistency(
      [{ name: 't', kind: 'text', values }],
      values.map((value) => (value.startsWith('win') ? 1 : 0)),
    );
    expect(found?.estimate).toBe(1);
    expect(consistency([], [1, 0, 1])).toBeNull();
  });
});

describe('calibration and numbers by group', () => {
  it('gives each group its own error and curve', () => {
    const two = groupRows('g', 'category', ['x', 'x', 'x', 'x', 'y']);
    const [x, y] = groupCalibrations(two, [0.95, 0.95, 0.95, 0.95, 0.25], [true, false, true, false, false], createRandom(1));
    expect(x?.error?.estimate).toBeCloseTo(0.45, 12);
    expect(y).toMatchObject({ n: 1, points: [{ probability: 0.25, share: 0, rows: 1 }] });
  });

  it('compares mean answers and errors of a model that answers with numbers', () => {
    const own = groupRows('g', 'category', ['x', 'x', 'y', 'y']);
    const found = numberGroups(own, [1, 3, 10, 12], [1, 1, 13, 9], { minimum: 2, random: createRandom(1) });
    expect(found.groups.map((group) => [group.mean_answer?.estimate, group.mean_error?.estimate])).toEqual([
      [2, 1],
      [11, 3],
    ]);
    expect(found.mean_answer).toMatchObject({ interval: { estimate: 9 }, low: 'x', high: 'y' });
  });
});
