// Reference figures: numpy 2.4 and scipy 1.17.1, by the calls named in each test. Rows come from the generator of Park and
// Miller (s = 16807 s mod 2^31 - 1), so that both sides draw the same ones.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { drawBinomial, drawMultinomial } from './binomial.ts';
import { aucDifference, aucInterval } from './delong.ts';
import { holm } from './holm.ts';
import { roundRows, rowsForDifference, rowsForMcnemar } from './power.ts';
import { mcnemarExact, mcnemarMidP } from './proportions.ts';
import { bootstrapCounts, bootstrapRows, drawsFor } from './resample.ts';

function stream(seed: number): () => number {
  let s = seed;
  return () => {
    s = (s * 16807) % 2147483647;
    return s / 2147483647;
  };
}

const one = (figure: (weights: Float64Array) => number) => (weights: Float64Array, out: Float64Array) => {
  out[0] = figure(weights);
};

describe('drawBinomial', () => {
  it.each([
    [20, 0.1],
    [1200, 0.003],
    [1200, 0.27],
    [5000, 0.8],
    [60, 0.5],
  ])('of %i trials with %f has the mean and variance of the binomial', (n, p) => {
    const random = createRandom(5);
    const draws = Array.from({ length: 40_000 }, () => drawBinomial(random, n, p));
    const mean = draws.reduce((sum, k) => sum + k, 0) / draws.length;
    const variance = draws.reduce((sum, k) => sum + (k - mean) ** 2, 0) / draws.length;
    const error = Math.sqrt((n * p * (1 - p)) / draws.length);
    expect(Math.abs(mean - n * p)).toBeLessThan(4 * error);
    expect(variance / (n * p * (1 - p))).toBeGreaterThan(0.97);
    expect(variance / (n * p * (1 - p))).toBeLessThan(1.03);
  });

  it('has the tails of scipy.stats.binom.cdf', () => {
    const random = createRandom(6);
    const below = (k: number) =>
      Array.from({ length: 40_000 }, () => drawBinomial(random, 100, 0.3)).filter((x) => x <= k).length / 40_000;
    expect(below(22)).toBeCloseTo(0.0478657, 2);
    expect(below(30)).toBeCloseTo(0.5491236, 1.8);
    expect(below(38)).toBeCloseTo(0.966021, 2);
  });

  it('a multinomial keeps the sum', () => {
    const out = new Float64Array(4);
    for (let i = 0; i < 200; i += 1) {
      drawMultinomial(createRandom(i), 37, Float64Array.of(0.2, 3, 0, 12), out);
      expect(out.reduce((a, b) => a + b)).toBe(37);
      expect(out[2]).toBe(0);
    }
  });
});

describe('bootstrap', () => {
  it('of rows as scipy.stats.bootstrap(method="percentile", n_resamples=200000) of a mean', () => {
    const next = stream(7);
    const y = Array.from({ length: 40 }, () => next() * 10);
    const gaps = Float64Array.from(y, (own) => Math.abs(own - (own + next() * 4 - 1.5)));
    const [mean] = bootstrapRows(40, {
      draws: 20_000,
      random: createRandom(1),
      figures: 1,
      evaluate(weights, out) {
        let [sum, n] = [0, 0];
        weights.forEach((w, i) => {
          sum += w * (gaps[i] ?? 0);
          n += w;
        });
        out[0] = sum / n;
      },
    });
    expect(mean?.interval?.estimate).toBeCloseTo(0.8214456240979235, 10);
    expect(mean?.interval?.lower).toBeCloseTo(0.6193, 2);
    expect(mean?.interval?.upper).toBeCloseTo(1.0355, 2);
  });

  it('of counts and of rows give the same interval, and counts cost little', () => {
    const cells = Array.from({ length: 1200 }, (_, i) => (i % 8 === 0 ? 1 : 0));
    const share = (weights: Float64Array, hit: (i: number) => boolean) => {
      let [sum, n] = [0, 0];
      weights.forEach((w, i) => {
        n += w;
        if (hit(i)) sum += w;
      });
      return sum / n;
    };
    const o = { draws: 10_000, figures: 1, confidence: 0.95 };
    const started = performance.now();
    const [byCounts] = bootstrapCounts(Float64Array.of(1050, 150), {
      ...o,
      random: createRandom(2),
      evaluate: one((w) => share(w, (i) => i === 1)),
    });
    expect(performance.now() - started).toBeLessThan(500);
    const [byRows] = bootstrapRows(1200, {
      ...o,
      random: createRandom(3),
      evaluate: one((w) => share(w, (i) => cells[i] === 1)),
    });
    expect(byCounts?.interval?.lower).toBeCloseTo(byRows?.interval?.lower ?? 0, 2);
    expect(byCounts?.interval?.upper).toBeCloseTo(byRows?.interval?.upper ?? 0, 2);
  });

  it('is null where a figure is undefined too often, and takes fewer draws of very many rows', () => {
    const [undefinedFigure] = bootstrapCounts(Float64Array.of(3, 1), {
      draws: 500,
      random: createRandom(1),
      figures: 1,
      evaluate: one((w) => ((w[1] ?? 0) > 0 ? 1 : Number.NaN)),
    });
    expect(undefinedFigure?.interval).toBeNull();
    expect(drawsFor(1200, 10_000)).toBe(10_000);
    expect(drawsFor(100_000, 10_000)).toBe(1000);
  });

  it('says how often a difference is none', () => {
    const [none] = bootstrapRows(50, {
      draws: 1000,
      random: createRandom(1),
      figures: 1,
      evaluate: one(() => 0),
    });
    expect(none?.p).toBe(1);
    const [sure] = bootstrapRows(50, {
      draws: 999,
      random: createRandom(1),
      figures: 1,
      evaluate: one(() => 1),
    });
    expect(sure?.p).toBeCloseTo(0.002, 10);
  });
});

describe('area under the curve', () => {
  const next = stream(42);
  const rows = Array.from({ length: 60 }, () => {
    const truth = Math.floor(next() * 3);
    const scores = (bonus: number) => {
      const own = [next(), next(), next()];
      own[truth] = (own[truth] ?? 0) + bonus;
      const sum = own.reduce((a, b) => a + b);
      return own.map((one) => one / sum);
    };
    return { truth, a: scores(0.5), b: scores(0.2) };
  });
  const of = (side: 'a' | 'b', k: number) => rows.map((row) => row[side][k] ?? 0);

  it.each([
    [0, 0.9247943595769683],
    [1, 0.96125],
    [2, 0.9644322845417237],
  ])('of class %i as sklearn.metrics.roc_auc_score', (k, expected) => {
    const own = rows.map((row) => row.truth === k);
    expect(aucInterval(of('a', k), own)?.estimate).toBeCloseTo(expected, 12);
  });

  // The variance is DeLong's own double sum over all pairs, numpy.cov of the placements; the interval its logit.
  it('has the interval and the paired difference of DeLong', () => {
    const own = rows.map((row) => row.truth === 0);
    const interval = aucInterval(of('a', 0), own);
    expect(interval?.lower).toBeCloseTo(0.8265425866521874, 10);
    expect(interval?.upper).toBeCloseTo(0.9694502009774257, 10);
    const difference = aucDifference(of('a', 0), of('b', 0), own);
    expect(difference?.interval.estimate).toBeCloseTo(0.7038777908343126 - 0.9247943595769683, 12);
    expect(((difference?.interval.upper ?? 0) - (difference?.interval.estimate ?? 0)) / 1.959963984540054).toBeCloseTo(
      0.07979179758494268,
      10,
    );
    expect(difference?.p).toBeCloseTo(0.005628688491054158, 9);
  });

  it('ties count half; without both sides there is none', () => {
    expect(aucInterval([0.5, 0.5, 0.5, 0.5], [true, false, true, false])?.estimate).toBe(0.5);
    expect(aucInterval([0.5, 0.1], [true, true])).toBeNull();
  });
});

describe('tests of several figures', () => {
  it('Holm multiplies by what is left, and never falls', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005, 0.5]);
    [0.04, 0.09, 0.09, 0.025, 0.5].forEach((p, i) => {
      expect(adjusted[i]).toBeCloseTo(p, 12);
    });
    expect(holm([])).toEqual([]);
  });

  // 2 binom.cdf(min, n, 0.5) - binom.pmf(b, n, 0.5); of equal counts 1 - pmf / 2.
  it.each([
    [5, 12, 0.09625244140624994],
    [8, 8, 0.9018096923828126],
    [0, 6, 0.015625],
    [0, 0, 1],
  ])('mid-p of %i and %i lies below the exact p', (b, c, p) => {
    expect(mcnemarMidP(b, c)).toBeCloseTo(p, 12);
    expect(mcnemarMidP(b, c)).toBeLessThanOrEqual(mcnemarExact(b, c));
  });
});

describe('rows needed', () => {
  it('at that number four of five samples show the difference', () => {
    const [b, c] = [0.1, 0.05];
    const n = rowsForMcnemar(b, c) ?? 0;
    const random = createRandom(9);
    let seen = 0;
    const out = new Float64Array(3);
    for (let i = 0; i < 2000; i += 1) {
      drawMultinomial(random, n, Float64Array.of(b, c, 1 - b - c), out);
      const [first, second] = [out[0] ?? 0, out[1] ?? 0];
      if (Math.abs(first - second) / Math.sqrt(first + second) > 1.96) seen += 1;
    }
    expect(seen / 2000).toBeGreaterThan(0.77);
    expect(seen / 2000).toBeLessThan(0.83);
  });

  it('grow with the square of the error; none where nothing differs', () => {
    const difference = { estimate: 0.01, lower: -0.01, upper: 0.03, confidence: 0.95, method: 'b', n: 200 };
    expect(rowsForDifference(difference)).toBe(1635);
    expect(rowsForDifference({ ...difference, estimate: 0 })).toBeNull();
    expect(rowsForMcnemar(0.1, 0.1)).toBeNull();
    expect(roundRows(1570)).toBe(1600);
    expect(roundRows(887)).toBe(890);
  });
});
