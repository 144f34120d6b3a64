import { expect, test } from 'vitest';
import { curveKeys, curveOf, shareDomain, stepDomain } from './curves.ts';

const HISTORY = [
  {
    runId: 'a',
    key: 'f1',
    points: Array.from({ length: 20 }, (_, i) => ({ step: i + 1, value: i === 0 ? 0.1 : 0.9 + i / 300 })),
  },
  { runId: 'a', key: 'test.f1', points: [{ step: 20, value: 0.9 }] },
];

test('curves by run and metric', () => {
  expect(curveOf(HISTORY, 'a', 'test.f1')).toEqual([{ x: 20, y: 0.9 }]);
  expect(curveOf(HISTORY, 'b', 'f1')).toEqual([]);
  expect(curveKeys(HISTORY, ['f1', 'test.f1', 'loss'])).toEqual(['f1']);
});

test('axes: round while it grows, and without the first steps', () => {
  expect(stepDomain(HISTORY, true)).toEqual([0, 20]);
  expect(stepDomain([{ runId: 'a', key: 'f1', points: [{ step: 23, value: 1 }] }], true)).toEqual([0, 50]);
  expect(stepDomain([{ runId: 'a', key: 'f1', points: [{ step: 23, value: 1 }] }], false)).toEqual([0, 23]);
  expect(shareDomain(HISTORY, 'f1')).toEqual([0.9, 1]);
  expect(shareDomain(HISTORY, 'none')).toBeUndefined();
  expect(shareDomain([{ runId: 'a', key: 'f1', points: [{ step: 1, value: 1 }] }], 'f1')).toEqual([0.95, 1]);
});
