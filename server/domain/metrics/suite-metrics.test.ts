// Reference figures: scikit-learn 1.9.1, by the calls named in each test. Rows come from the generator of Park and Miller
// (s = 16807 s mod 2^31 - 1), so that both sides draw the same ones.
import { describe, expect, it } from 'vitest';
import { calibrationCurve } from './calibration-curve.ts';
import { CLASS_AVERAGES, countClasses, emptyCounts, writeAverages } from './class-counts.ts';
import { labelSet, writeMultilabel } from './multilabel.ts';
import { isFalling, metricName, metricPath } from './paths.ts';
import { binsOf, rowBrier, rowLogLoss, weightedEce } from './probability-scores.ts';
import { queryFigures, rowsByQuery } from './ranking.ts';
import { regressionRows, residualQuantiles, rowPinball, weightedMean, writeRegression } from './regression.ts';

function stream(seed: number): () => number {
  let s = seed;
  return () => {
    s = (s * 16807) % 2147483647;
    return s / 2147483647;
  };
}

const next = stream(42);
const rows = Array.from({ length: 60 }, () => {
  const truth = Math.floor(next() * 3);
  const draw = () => [next(), next(), next()];
  const scores = draw();
  scores[truth] = (scores[truth] ?? 0) + 0.5;
  const sum = scores.reduce((a, b) => a + b);
  draw();
  return { truth, scores: scores.map((one) => one / sum) };
});
const truth = Int32Array.from(rows, (row) => row.truth);
const scores = Float64Array.from(rows.flatMap((row) => row.scores));
const predicted = Int32Array.from(rows, (row) => row.scores.indexOf(Math.max(...row.scores)));
const ones = (n: number) => new Float64Array(n).fill(1);

describe('a classifier', () => {
  it('averages as f1_score, precision_score, recall_score, balanced_accuracy_score, matthews_corrcoef', () => {
    const out = new Float64Array(CLASS_AVERAGES.length);
    writeAverages(countClasses(ones(60), { truth, answer: predicted }, emptyCounts(3)), out);
    const expected = {
      accuracy: 0.8166666666666667,
      macro_f1: 0.8171717171717172,
      weighted_f1: 0.8164141414141414,
      micro_f1: 0.8166666666666667,
      macro_precision: 0.8155388471177943,
      macro_recall: 0.8216538789428816,
      balanced_accuracy: 0.8216538789428816,
      mcc: 0.7255270770699915,
    };
    CLASS_AVERAGES.forEach((name, i) => {
      expect(out[i], name).toBeCloseTo(expected[name], 12);
    });
  });

  it('a class that neither occurs nor is said has no F1, and then there is no mean', () => {
    const out = new Float64Array(CLASS_AVERAGES.length);
    const pair = Int32Array.of(0, 0, 1);
    writeAverages(countClasses(ones(3), { truth: pair, answer: pair }, emptyCounts(3)), out);
    expect(out[0]).toBe(1);
    expect(out[1]).toBeNaN();
    expect(out[6]).toBe(1);
  });

  it('log loss and Brier score as log_loss and brier_score_loss', () => {
    expect(weightedMean(ones(60), rowLogLoss(scores, truth, 3))).toBeCloseTo(0.6690168322386857, 12);
    expect(weightedMean(ones(60), rowBrier(scores, truth, 3))).toBeCloseTo(0.3819298943878403, 12);
    const first = Int32Array.from(truth, (own) => Number(own !== 0));
    const both = Float64Array.from(rows.flatMap((row) => [row.scores[0] ?? 0, 1 - (row.scores[0] ?? 0)]));
    expect(weightedMean(ones(60), rowBrier(both, first, 2))).toBeCloseTo(0.1436038372899099, 12);
  });

  // The definition of Guo et al. in numpy: sum over bins of |mean(correct) - mean(confidence)| times their share.
  it('expected calibration error', () => {
    const confidence = Float64Array.from(rows, (row) => Math.max(...row.scores));
    const correct = Uint8Array.from(truth, (own, i) => Number(own === predicted[i]));
    expect(weightedEce(ones(60), { bin: binsOf(confidence), confidence, correct })).toBeCloseTo(0.30344178713521586, 12);
  });

  it('the curve as sklearn.calibration.calibration_curve(n_bins=10)', () => {
    const curve = calibrationCurve(
      rows.map((row) => row.scores[0] ?? 0),
      rows.map((row) => Number(row.truth === 0)),
    );
    const shares = [0, 0, 0.07142857142857142, 0.4444444444444444, 0.5, 0.9090909090909091, 1, 1];
    const means = [
      0.05539102378105945, 0.13989121399531212, 0.26652502156027874, 0.366769845553333, 0.4249965797032866, 0.5629707403730393,
      0.6641213024605018, 0.7346553929918183,
    ];
    expect(curve.map((bin) => bin.share)).toEqual(shares.map((share) => expect.closeTo(share, 12)));
    expect(curve.map((bin) => bin.score)).toEqual(means.map((mean) => expect.closeTo(mean, 12)));
    expect(curve.every((bin) => bin.lower <= bin.share && bin.upper >= bin.share)).toBe(true);
  });
});

describe('numbers', () => {
  const draw = stream(7);
  const y = Array.from({ length: 40 }, () => draw() * 10);
  const f = y.map((own) => own + draw() * 4 - 1.5);

  it('as mean_absolute_error, root_mean_squared_error, r2_score, mean_pinball_loss, numpy.quantile', () => {
    const own = regressionRows(y, f);
    const out = new Float64Array(4);
    writeRegression(ones(40), own, out);
    expect(out[0]).toBeCloseTo(0.8214456240979235, 12);
    expect(out[1]).toBeCloseTo(1.0621904108278668, 12);
    expect(out[2]).toBeCloseTo(0.8389672924583959, 11);
    [0.6074003449512648, 0.41072281204896177, 0.21404527914665886].forEach((loss, i) => {
      expect(weightedMean(ones(40), rowPinball(own.residual, [0.1, 0.5, 0.9][i] ?? 0))).toBeCloseTo(loss, 12);
    });
    const quantiles = [
      -2.2582904080666086, -2.1389546923520766, -1.069811828234145, -0.4255729168306912, 0.1350612885481961, 0.8591839078623718,
      1.2804806417694694,
    ];
    expect(residualQuantiles(own.residual).map(({ value }) => value)).toEqual(
      quantiles.map((value) => expect.closeTo(value, 12)),
    );
  });

  it('R² of equal truths does not exist', () => {
    const out = new Float64Array(4);
    writeRegression(ones(3), regressionRows([2, 2, 2], [1, 2, 3]), out);
    expect(out[2]).toBeNaN();
  });
});

describe('several labels', () => {
  const draw = stream(9);
  const own = Array.from({ length: 30 }, () => [0, 0, 0, 0].map(() => Number(draw() < 0.4)));
  const said = own.map((row) => row.map((one) => (draw() < 0.8 ? one : 1 - one)));

  it('as f1_score(average=...), accuracy_score, hamming_loss', () => {
    const out = new Float64Array(8);
    const data = { n: 30, labels: 4, truth: Uint8Array.from(own.flat()), said: Uint8Array.from(said.flat()) };
    writeMultilabel(ones(30), data, out);
    const expected = [
      0.717391304347826, 0.714824016563147, 0.36666666666666664, 0.21666666666666667, 0.6086956521739131, 0.88,
      0.6086956521739131, 0.7619047619047619,
    ];
    expect([...out]).toEqual(expected.map((value) => expect.closeTo(value, 12)));
  });

  it('reads sets as lists and as divided names', () => {
    expect(labelSet('["a, b", "c"]')).toEqual(['a, b', 'c']);
    expect(labelSet('red | very bad')).toEqual(['red', 'very bad']);
    expect(labelSet('red;blue')).toEqual(['red', 'blue']);
    expect(labelSet(null)).toEqual([]);
    expect(labelSet('[not json')).toEqual(['[not json']);
  });
});

describe('rankings', () => {
  const draw = stream(11);
  const gains = Array.from({ length: 12 }, () => Math.floor(draw() * 4));
  const order = Array.from({ length: 12 }, () => draw());

  it('NDCG as ndcg_score(k=1, 3, 5, 10); recall and reciprocal rank by their definition in numpy', () => {
    const figures = queryFigures(gains, order, [1, 3, 5, 10]);
    const ndcg = [0, 0.21492967496304927, 0.32050246492850004, 0.6017411430896468];
    expect(figures?.ndcg).toEqual(ndcg.map((value) => expect.closeTo(value, 12)));
    expect(figures?.recall).toEqual([0, 2 / 9, 4 / 9, 8 / 9].map((value) => expect.closeTo(value, 12)));
    expect(figures?.reciprocal).toBe(0.5);
  });

  it('a query without anything relevant has no figures', () => {
    expect(queryFigures([0, 0], [1, 2], [1])).toBeNull();
    expect([...rowsByQuery(['a', 'b', 'a', null]).values()]).toEqual([[0, 2], [1]]);
  });
});

describe('paths', () => {
  it('quotes what is no plain word and knows which way is better', () => {
    expect(metricPath('f1', 'spam')).toBe('f1.spam');
    expect(metricPath('f1', 'very "bad"')).toBe(`f1."very 'bad'"`);
    expect(metricPath('pinball', '0.5')).toBe('pinball."0.5"');
    expect(isFalling('difference.log_loss')).toBe(true);
    expect(isFalling('f1.spam')).toBe(false);
    expect(metricName('f1."very bad"')).toBe('F1 of very bad');
  });
});
