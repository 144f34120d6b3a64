import { expect, it } from 'vitest';
import { movedInWords } from './moved.ts';

const lengths = { kind: 'number' as const, edges: [100, 812, 4000] };
const domains = { kind: 'category' as const, values: ['example.com', 'list.org'] };

it('says at which value numbers differ most, in the direction that grew', () => {
  expect(movedInWords('Length of body', lengths, [25, 25, 25, 25, 0], [10, 16, 34, 40, 0])).toBe(
    'Length of body at 812 or more in 74 of 100 requests, in training in 50 of 100',
  );
  expect(movedInWords('Length', lengths, [25, 25, 25, 25, 0], [70, 10, 10, 10, 0])).toBe(
    'Length under 100 in 70 of 100 requests, in training in 25 of 100',
  );
});

it('says when values are missing', () => {
  expect(movedInWords('Age', lengths, [25, 25, 25, 25, 0], [10, 10, 10, 10, 60])).toBe(
    'Age missing in 60 of 100 requests, in training in 0 of 100',
  );
});

it('names the category that moved most', () => {
  expect(movedInWords('from_domain', domains, [50, 30, 20, 0], [10, 30, 20, 0])).toMatch(
    /^from_domain “example.com” in 17 of 100/,
  );
  expect(movedInWords('from_domain', domains, [50, 30, 20, 0], [30, 20, 50, 0])).toMatch(
    /one that is rare in training in 50 of 100/,
  );
});

it('says nothing about nothing', () => {
  expect(movedInWords('x', lengths, [0, 0, 0, 0, 0], [1, 1, 1, 1, 0])).toBeNull();
});
