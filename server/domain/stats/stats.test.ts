// Reference figures: scipy 1.17.1 and statsmodels 0.15.0, by the calls named in each test.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { bootstrapIntervals } from './bootstrap.ts';
import { binomialCdf, normalQuantile } from './distributions.ts';
import { mcnemarExact, newcombeInterval, wilsonInterval } from './proportions.ts';
import { interpolatedQuantile, quantileInterval, quantileRanks } from './quantiles.ts';

describe('distributions', () => {
  it.each([
    [1e-10, -6.361340902404056],
    [0.001, -3.090232306167813],
    [0.025, -1.9599639845400545],
    [0.3, -0.5244005127080409],
    [0.5, 0],
    [0.9999999, 5.199337582290661],
  ])('normalQuantile(%f) as scipy.stats.norm.ppf', (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 9);
  });

  it.each([
    [3, 10, 0.5, 0.171875],
    [94, 100, 0.95, 0.3840008720438596],
    [0, 50, 0.01, 0.6050060671375366],
    [480, 500, 0.95, 0.8727654760909439],
  ])('binomialCdf(%i, %i, %f) as scipy.stats.binom.cdf', (k, n, p, expected) => {
    expect(binomialCdf(k, n, p)).toBeCloseTo(expected, 10);
  });
});

describe('proportions', () => {
  it.each([
    [0, 10, 0, 0.27753279986288926],
    [10, 10, 0.7224672001371106, 1],
    [81, 263, 0.2552885198782742, 0.36620957698280004],
    [1, 29, 0.006113214292762667, 0.17175521879320294],
  ])("wilson of %i in %i as proportion_confint(method='wilson')", (successes, n, lower, upper) => {
    const interval = wilsonInterval({ successes, n });
    expect(interval?.lower).toBeCloseTo(lower, 10);
    expect(interval?.upper).toBeCloseTo(upper, 10);
  });

  // The first, third and fourth are also printed in Newcombe (1998), table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.05243147240236498, 0.33387265403690614],
    [9, 10, 3, 10, 0.1705227239345029, 0.809017973535488],
    [10, 10, 0, 20, 0.6790860371419145, 1],
    [5, 56, 0, 29, -0.038137147903536936, 0.19256001385511165],
    [44, 44, 400, 440, 0.007262783758677754, 0.12142806677469509],
  ])("newcombe of %i/%i - %i/%i as confint_proportions_2indep(method='newcomb')", (x1, n1, x2, n2, lower, upper) => {
    const interval = newcombeInterval({ successes: x1, n: n1 }, { successes: x2, n: n2 });
    expect(interval?.lower).toBeCloseTo(lower, 8);
    expect(interval?.upper).toBeCloseTo(upper, 8);
  });

  it('is null when nothing was observed', () => {
    expect(wilsonInterval({ successes: 0, n: 0 })).toBeNull();
    expect(newcombeInterval({ successes: 1, n: 2 }, { successes: 0, n: 0 })).toBeNull();
  });

  it.each([
    [5, 12, 0.143463134765625],
    [0, 0, 1],
    [0, 6, 0.03125],
    [30, 41, 0.23509756240834187],
  ])('mcnemar of %i and %i as statsmodels mcnemar(exact=True)', (b, c, p) => {
    expect(mcnemarExact(b, c)).toBeCloseTo(p, 9);
  });
});

describe('quantiles', () => {
  // Ranks as scipy.stats.quantile_test(arange(1, n + 1), p=q).confidence_interval(0.95).
  it.each([
    [20, 0.5, 6, 15],
    [100, 0.95, 90, 100],
    [44, 0.95, 39, null],
    [200, 0.95, 184, 197],
    [1000, 0.95, 936, 964],
  ])('ranks for n = %i, q = %f', (n, q, lower, upper) => {
    expect(quantileRanks(n, q)).toMatchObject({ lower, upper });
  });

  it('encloses the true quantile as often as it says', () => {
    const random = createRandom(11);
    let inside = 0;
    for (let round = 0; round < 1000; round += 1) {
      const values = Array.from({ length: 150 }, () => random.next());
      const interval = quantileInterval(values, 0.9);
      if ((interval?.lower ?? 0) <= 0.9 && (interval?.upper ?? 1) >= 0.9) inside += 1;
    }
    expect(inside / 1000).toBeGreaterThan(0.94);
  });

  it('interpolates like numpy.quantile', () => {
    expect(interpolatedQuantile([1, 2, 3, 10], 0.5)).toBe(2.5);
    expect(interpolatedQuantile([1, 2, 3, 10], 0.95)).toBeCloseTo(8.95, 10);
    expect(interpolatedQuantile([], 0.5)).toBeNull();
  });
});

describe('bootstrap', () => {
  const share = (counts: Float64Array) => {
    const total = (counts[0] ?? 0) + (counts[1] ?? 0);
    return total === 0 ? null : (counts[1] ?? 0) / total;
  };

  it('agrees with Wilson on a proportion', () => {
    const cells = Array.from({ length: 500 }, (_, i) => (i % 5 === 0 ? 1 : 0));
    const [interval] = bootstrapIntervals(cells, { cellCount: 2, statistics: [share], random: createRandom(1) });
    const wilson = wilsonInterval({ successes: 100, n: 500 });
    expect(Math.abs((interval?.lower ?? 0) - (wilson?.lower ?? 0))).toBeLessThan(0.01);
    expect(Math.abs((interval?.upper ?? 0) - (wilson?.upper ?? 0))).toBeLessThan(0.01);
  });

  it('is null where the figure is undefined, in the sample or in too many resamples', () => {
    const ofRare = (counts: Float64Array) => ((counts[1] ?? 0) === 0 ? null : 1);
    const options = { cellCount: 2, statistics: [ofRare], random: createRandom(1) };
    expect(bootstrapIntervals([0, 0, 0], options)).toEqual([null]);
    expect(bootstrapIntervals([0, 0, 0, 1], options)).toEqual([null]);
    expect(bootstrapIntervals([], options)).toEqual([null]);
  });

  it('repeats itself from the same seed', () => {
    const cells = Array.from({ length: 80 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const once = () => bootstrapIntervals(cells, { cellCount: 2, statistics: [share], random: createRandom('x') });
    expect(once()).toEqual(once());
  });
});
