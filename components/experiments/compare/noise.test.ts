import { expect, test } from 'vitest';
import type { PairedComparison } from '#server/domain/evaluation.schema.ts';
import { holm } from './holm.ts';
import { commonReach, intervalWords, judgePairs, measuresOf, mostTelling, pointsWord, pWords } from './noise.ts';

const interval = (estimate: number, lower: number, upper: number) => ({
  estimate,
  lower,
  upper,
  confidence: 0.95,
  method: 'paired bootstrap',
  n: 1090,
});

function comparison(difference: ReturnType<typeof interval> | null, p: number): PairedComparison {
  const side = { baseline: 0.9, candidate: 0.91, difference };
  return {
    rows: 1090,
    accuracy: side,
    macroF1: side,
    perClass: [{ name: 'spam', support: 240, ...side }],
    mcnemar: { onlyBaseline: 3, onlyCandidate: 9, p },
  };
}

test('Holm, worked by hand: 0.005 × 4, 0.01 × 3, 0.03 × 2, and 0.04 × 1 raised to the one before', () => {
  expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02].map((p) => expect.closeTo(p, 12)));
  expect(holm([0.6, 0.7])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});

test('a run is better or worse only when zero lies outside of the interval', () => {
  const judged = judgePairs(
    [
      { run: 'b', comparison: comparison(interval(0.012, 0.003, 0.021), 0.009) },
      { run: 'c', comparison: comparison(interval(0.02, -0.001, 0.041), 0.2) },
      { run: 'd', comparison: comparison(interval(-0.01, -0.02, -0.001), 0.04) },
      { run: 'e', comparison: comparison(null, 1) },
    ],
    'f1:spam',
  );
  expect(judged.map(({ verdict }) => verdict)).toEqual(['better', 'open', 'worse', 'none']);
  expect(judged[0]?.p).toBeCloseTo(0.036);
  expect(judged[0]?.onlyOne).toBe(12);
  expect(mostTelling(judged)?.run).toBe('b');
  expect(mostTelling(judged.slice(1, 2))?.run).toBe('c');
  expect(mostTelling([])).toBeUndefined();
  expect(commonReach(judged)).toBe(0.05);
  expect(commonReach([])).toBe(0.01);
});

test('words', () => {
  const gain = interval(0.012, 0.003, 0.021);
  expect(pointsWord(gain)).toBe('1.2 points');
  expect(pointsWord(interval(-0.01, -0.02, -0.001))).toBe('1.0 point');
  expect(intervalWords(gain)).toBe('95 % interval 0.3 to 2.1');
  expect(intervalWords(interval(-0.01, -0.02, -0.001), true)).toBe('95 % interval 0.1 to 2.0');
  expect([pWords(0.0001), pWords(0.0274), pWords(1)]).toEqual(['p < 0.001', 'p = 0.027', 'p = 1']);
  expect(measuresOf(comparison(gain, 1)).map(({ value }) => value)).toEqual(['macroF1', 'f1:spam', 'accuracy']);
});
