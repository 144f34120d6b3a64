import { expect, test } from 'vitest';
import { partEnds } from './parts.ts';

const parts = [
  { name: 'train', share: 0.6 },
  { name: 'test', share: 0.2 },
  { name: 'production', share: 0.2 },
];

test('parts end at whole rows and the last takes the rest', () => {
  expect(partEnds(parts, 5451).map((part) => part.end)).toEqual([3270, 4360, 5451]);
  expect(partEnds(parts, 10).map((part) => part.end)).toEqual([6, 8, 10]);
  expect(partEnds(parts, 0).map((part) => part.end)).toEqual([0, 0, 0]);
});
