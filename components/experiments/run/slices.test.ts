import { expect, test } from 'vitest';
import type { SliceFigures } from '#server/domain/evaluation.schema.ts';
import { axisFor, groupSlices, rarestClass, worstSlice } from './slices.ts';

const slice = (value: string, rows: number, estimate: number, kind: SliceFigures['kind'] = 'category'): SliceFigures => ({
  kind,
  column: kind === 'length' ? 'body' : 'from_domain',
  value,
  rows,
  accuracy: { estimate, lower: estimate - 0.1, upper: 1, confidence: 0.95, method: 'Wilson', n: rows },
  f1: [],
});

test('the worst slice is one of enough rows', () => {
  const slices = [slice('a.com', 20, 0.5), slice('b.com', 60, 0.9), slice('c.com', 90, 0.95)];
  expect(worstSlice(slices)?.value).toBe('b.com');
  expect(worstSlice(slices.slice(0, 1))).toBeUndefined();
});

test('groups, classes and axes', () => {
  expect(groupSlices([slice('a.com', 20, 1), slice('short', 20, 1, 'length')]).map(([name]) => name)).toEqual([
    'from_domain',
    'length of body',
  ]);
  expect(
    rarestClass([
      { name: 'ham', support: 800 },
      { name: 'spam', support: 200 },
      { name: 'phish', support: 0 },
    ]),
  ).toBe('spam');
  expect(axisFor([0.83, 0.97])).toEqual([0.8, 1]);
  expect(axisFor([])).toEqual([0.95, 1]);
});
