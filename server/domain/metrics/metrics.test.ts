import { describe, expect, it } from 'vitest';
import { calibration, logLoss } from './calibration.ts';
import { accuracyOf, classScores, confusionMatrix, macroF1 } from './confusion.ts';

// Reference: scikit-learn 1.9.1, precision_recall_fscore_support, f1_score(average='macro'), accuracy_score, log_loss.
const TRUTH = [0, 0, 0, 1, 1, 1, 2, 2, 2, 2];
const PREDICTED = [0, 1, 0, 1, 1, 2, 2, 2, 0, 2];

describe('confusion', () => {
  const matrix = confusionMatrix(TRUTH, PREDICTED, 3);

  it('counts and scores as scikit-learn does', () => {
    expect(matrix).toEqual([
      [2, 1, 0],
      [0, 2, 1],
      [1, 0, 3],
    ]);
    expect(accuracyOf(matrix)).toBeCloseTo(0.7, 12);
    expect(macroF1(matrix)).toBeCloseTo(0.6944444444444443, 12);
    expect(classScores(matrix, 2)).toEqual({ support: 4, predicted: 4, correct: 3, precision: 0.75, recall: 0.75, f1: 0.75 });
  });

  it('says null where scikit-learn would warn and say 0', () => {
    const onlyFirst = confusionMatrix([0, 0], [0, 0], 2);
    expect(classScores(onlyFirst, 1)).toMatchObject({ precision: null, recall: null, f1: null });
    expect(macroF1(onlyFirst)).toBeNull();
    expect(accuracyOf(confusionMatrix([], [], 2))).toBeNull();
    expect(classScores(confusionMatrix([1, 1], [0, 0], 2), 1)).toMatchObject({ precision: null, recall: 0, f1: 0 });
  });
});

describe('calibration', () => {
  it('computes log loss as scikit-learn does', () => {
    // log_loss([0, 1, 1, 0], [[.9, .1], [.2, .8], [.6, .4], [.5, .5]])
    expect(logLoss([0.9, 0.8, 0.4, 0.5])).toBeCloseTo(0.484485494851534, 12);
    expect(logLoss([])).toBeNull();
    expect(logLoss([0])).toBeCloseTo(36.04, 1);
  });

  it('weighs the gap of each bin by its rows', () => {
    // Two of four right at confidence 0.95 (gap 0.45), one of one right at 0.6 (gap 0.4): (4 * 0.45 + 1 * 0.4) / 5.
    const result = calibration([0.95, 0.95, 0.95, 0.95, 0.6], [true, false, true, false, true]);
    expect(result.expectedError).toBeCloseTo(0.44, 12);
    expect(result.bins[0]).toEqual({ from: 0, to: 0.1, rows: 0, confidence: null, accuracy: null });
    expect(result.bins[9]?.accuracy).toBe(0.5);
  });

  it('puts certainty into the last bin', () => {
    expect(calibration([1], [true]).bins[9]?.rows).toBe(1);
  });
});
