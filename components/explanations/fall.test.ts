import { expect, it } from 'vitest';
import { fallOf } from './fall.ts';

const field = (name: string, contribution: number) => ({
  name,
  kind: 'number' as const,
  value: 1,
  contribution,
  error: null,
  words: null,
  absent: null,
});

it('steps from the mean to the output, the largest first', () => {
  const { steps, place } = fallOf({ expected: 1, fields: [field('a', 0.5), field('b', -2)] });
  expect(steps.map(({ field: { name }, from, to }) => [name, from, to])).toEqual([
    ['b', 1, -1],
    ['a', -1, -0.5],
  ]);
  expect(Number.parseFloat(place(-1))).toBeGreaterThan(0);
  expect(Number.parseFloat(place(1))).toBeLessThan(100);
});
