import { expect, it } from 'vitest';
import { servedFigures } from './served-figures.ts';

const week = (confusion: Record<string, Record<string, number>>) => ({
  from: new Date(0),
  confusion,
  latencyP99Ms: 3.8,
  rows: 100,
  failed: 0,
});

it('tells a filter in plain figures, of how many, and leaves gaps', () => {
  const figures = servedFigures([week({}), week({ spam: { spam: 19, ham: 1 }, ham: { spam: 2, ham: 78 } })], 'spam');
  expect(figures.map(({ id, value, of, history }) => ({ id, value, of, history }))).toEqual([
    { id: 'catches', value: 0.95, of: 20, history: [null, 0.95] },
    { id: 'right', value: 19 / 21, of: 21, history: [null, 19 / 21] },
    { id: 'held', value: 2 / 80, of: 80, history: [null, 2 / 80] },
    { id: 'latency', value: 3.8, of: 100, history: [3.8, 3.8] },
  ]);
  expect(figures[0]?.label).toBe('Spam it catches');
});

it('without a positive class says how often it is right, and nothing of nothing', () => {
  expect(servedFigures([week({ a: { a: 8, b: 2 }, b: { b: 10 } })], null)[0]).toMatchObject({
    id: 'correct',
    value: 0.9,
    of: 20,
  });
  expect(servedFigures([], 'spam')[0]).toMatchObject({ value: null, of: 0, history: [] });
});
