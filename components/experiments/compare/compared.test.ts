import { expect, test } from 'vitest';
import type { EvaluationSummary } from '#server/domain/evaluation.schema.ts';
import type { RunComparison } from '#server/features/experiments/compare.schema.ts';
import type { RunSummary } from '#server/features/experiments/runs.schema.ts';
import { sliceGroup } from '../run/slices.ts';
import { classLines, inRank, intervalDomain, sliceLines, toCompared } from './compared.ts';

const interval = (estimate: number) => ({
  estimate,
  lower: estimate - 0.02,
  upper: estimate + 0.02,
  confidence: 0.95,
  method: '',
  n: 9,
});

function run(name: string): RunSummary {
  const nothing = { launch: null, dataset: null, params: {}, metrics: {}, progress: null, error: null, seed: 1 };
  const times = { createdBy: null, createdAt: new Date(0), startedAt: null, endedAt: null };
  return { id: name, name, experiment: 'e', status: 'finished', cancelRequested: false, ...nothing, ...times };
}

function summary(f1: number): EvaluationSummary {
  const perClass = [{ name: 'spam', support: 9, predicted: 9, precision: interval(f1), recall: null, f1: interval(f1) }];
  const slices = [
    {
      kind: 'month' as const,
      column: 'at',
      value: '2002-07',
      rows: 30,
      accuracy: interval(0.9),
      f1: [{ name: 'spam', support: 0, f1: null }],
    },
  ];
  const calibration = { expectedError: null, bins: [] };
  return {
    rows: 9,
    classes: ['spam'],
    accuracy: null,
    macroF1: interval(f1),
    logLoss: null,
    perClass,
    confusion: [[9]],
    calibration,
    slices,
  };
}

function comparison(figures: (number | null)[], baseline = 'a'): RunComparison {
  const names = ['a', 'b', 'c', 'd'].slice(0, figures.length);
  const evaluations = figures.map((f1) =>
    f1 === null ? null : { id: 'x', datasetVersionId: 'v', split: 'test', createdAt: new Date(0), summary: summary(f1) },
  );
  return { baseline, runs: names.map(run), params: [], metrics: [], evaluations, sameRows: true, pairs: [] };
}

test('letters and colours go by the address, the reference is grey, and changing it changes no other colour', () => {
  const first = toCompared(comparison([0.9, 0.95, 0.93]));
  expect(first.map((one) => [one.letter, one.color])).toEqual([
    ['A', 'var(--ref)'],
    ['B', 'var(--series-1)'],
    ['C', 'var(--series-2)'],
  ]);
  const other = toCompared(comparison([0.9, 0.95, 0.93], 'b'));
  expect(other.map((one) => one.color)).toEqual(['var(--series-8)', 'var(--ref)', 'var(--series-2)']);
});

test('the reference stands on top, the rest by figure, unknown last', () => {
  expect(inRank(toCompared(comparison([0.9, null, 0.93, 0.95]))).map((one) => one.letter)).toEqual(['A', 'D', 'C', 'B']);
});

test('undefined figures stay undefined', () => {
  const compared = toCompared(comparison([0.9, null]));
  expect(classLines(compared)).toEqual([
    { key: 'spam', group: '', name: 'spam', rows: 9, figures: [{ precision: 0.9, recall: null, f1: 0.9 }, null] },
  ]);
  expect(sliceLines(compared, 'spam', sliceGroup)).toMatchObject([
    {
      group: 'month of at',
      name: '2002-07',
      rows: 30,
      figures: [{ accuracy: 0.9, precision: null, recall: null, f1: null }, null],
    },
  ]);
  expect(intervalDomain(toCompared(comparison([null])))).toBeNull();
  expect(intervalDomain(compared)?.[0]).toBeCloseTo(0.878);
});
