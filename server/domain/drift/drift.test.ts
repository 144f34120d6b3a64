import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { chiSquareQuantile } from './chi-square.ts';
import { jensenShannonDistance, populationStabilityIndex, psiByChance } from './distance.ts';
import { binNames, categoryBins, countIntoBins, numberBins } from './histogram.ts';
import { DEFAULT_THRESHOLDS, distributionState, dropState, worstState } from './state.ts';

describe('distances', () => {
  // scipy 1.16: jensenshannon([.5,.3,.15,.05], [.2,.4,.25,.15], base=2)
  it('Jensen-Shannon equals scipy', () => {
    expect(jensenShannonDistance([50, 30, 15, 5], [20, 40, 25, 15])).toBeCloseTo(0.28471624533697565, 12);
    expect(jensenShannonDistance([1, 0], [0, 1])).toBe(1);
    expect(jensenShannonDistance([3, 3], [1, 1])).toBe(0);
    expect(jensenShannonDistance([0, 0], [1, 1])).toBeNull();
  });

  // numpy 2.3: a=.5; ps=(p+a)/(p.sum()+a*4); qs=(q+a)/(q.sum()+a*4); ((ps-qs)*log(ps/qs)).sum()
  it('PSI equals numpy on smoothed shares', () => {
    expect(populationStabilityIndex([50, 30, 15, 5], [20, 40, 25, 15])).toBeCloseTo(0.4433481373368566, 12);
    expect(populationStabilityIndex([10, 0], [10, 0])).toBe(0);
    expect(Number.isFinite(populationStabilityIndex([10, 0], [0, 10]))).toBe(true);
  });

  it('refuses histograms that do not fit each other', () => {
    expect(() => populationStabilityIndex([1, 2], [1])).toThrow(RangeError);
  });

  // scipy 1.16: chi2.ppf(.95, k)
  it.each([
    [1, 3.841458820694124, 0.03],
    [3, 7.814727903251179, 0.01],
    [9, 16.918977604620448, 0.002],
    [19, 30.14352720564616, 0.001],
  ])('chi-square quantile of %i degrees is near the exact', (k, exact, tolerance) => {
    expect(Math.abs(chiSquareQuantile(0.95, k) - exact) / exact).toBeLessThan(tolerance);
  });

  it('two samples of one population exceed the chance limit about 5 times of 100', () => {
    const random = createRandom(7);
    const draw = (n: number) => Array.from({ length: n }, () => random.normal());
    const reference = draw(2000);
    const bins = numberBins(reference);
    const base = countIntoBins(bins, reference);
    let above = 0;
    for (let i = 0; i < 400; i += 1) {
      const counts = countIntoBins(bins, draw(150));
      if (populationStabilityIndex(counts, base) > (psiByChance(150, 2000, 10) ?? 0)) above += 1;
    }
    expect(above / 400).toBeGreaterThan(0.01);
    expect(above / 400).toBeLessThan(0.09);
  });
});

describe('bins', () => {
  it('lie at the quantiles of the reference and count missing apart', () => {
    const values = [1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 100];
    const bins = numberBins(values);
    // numpy 2.3: quantile(x, arange(.1, 1, .1))
    const expected = [2, 3.8, 5.7, 7.6, 9.5, 11.4, 13.3, 15.2, 17.1];
    expect(bins.kind === 'number' && bins.edges.map((edge) => Number(edge.toFixed(6)))).toEqual(expected);
    const counts = countIntoBins(bins, [...values, null, Number.NaN]);
    expect(counts.at(-1)).toBe(2);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(22);
    expect(binNames(bins)).toHaveLength(counts.length);
  });

  it('of a constant column is one, of a few values one each', () => {
    expect(countIntoBins(numberBins([4, 4, 4]), [4, 5, null])).toEqual([2, 1]);
    expect(countIntoBins(numberBins([0, 1, 0, 1]), [0, 1, 1, 7])).toEqual([1, 3, 0]);
  });

  it('of categories keep the frequent ones and count the others together', () => {
    const bins = categoryBins(['a', 'a', 'b', 'c'], 2);
    expect(bins).toEqual({ kind: 'category', values: ['a', 'b'] });
    expect(countIntoBins(bins, ['a', 'c', 'new', null])).toEqual([1, 0, 2, 1]);
    expect(binNames(bins)).toEqual(['a', 'b', 'other', 'missing']);
  });
});

describe('states', () => {
  const thresholds = { psi: DEFAULT_THRESHOLDS.psi, jensenShannon: DEFAULT_THRESHOLDS.jensenShannon };
  const base = { rows: 500, minRows: 50, byChance: 0.05, thresholds };

  it.each([
    [0.3, 0.25, 'drift'],
    [0.3, 0.15, 'possible'],
    [0.15, 0.05, 'possible'],
    [0.04, 0.3, 'no'],
    [0.08, 0.05, 'no'],
  ] as const)('PSI %f and distance %f is %s', (psi, jensenShannon, state) => {
    expect(distributionState({ ...base, psi, jensenShannon })).toBe(state);
  });

  it('is unknown with too few rows', () => {
    expect(distributionState({ ...base, rows: 49, psi: 1, jensenShannon: 1 })).toBe('unknown');
  });

  it('a fall counts only when the interval shows it', () => {
    const drop = { reference: 0.97, rows: 200, minRows: 50, threshold: DEFAULT_THRESHOLDS.accuracyDrop };
    expect(dropState({ ...drop, estimate: 0.9, upper: 0.94 })).toBe('drift');
    expect(dropState({ ...drop, estimate: 0.94, upper: 0.965 })).toBe('possible');
    expect(dropState({ ...drop, estimate: 0.94, upper: 0.98 })).toBe('no');
    expect(dropState({ ...drop, rows: 10, estimate: 0.1, upper: 0.2 })).toBe('unknown');
  });

  it('the worst state wins, and unknown only when nothing is known', () => {
    expect(worstState(['no', 'drift', 'unknown'])).toBe('drift');
    expect(worstState(['unknown', 'no'])).toBe('no');
    expect(worstState([])).toBe('unknown');
  });
});
