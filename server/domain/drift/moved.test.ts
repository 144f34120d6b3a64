import { expect, it } from 'vitest';
import { movedInWords } from './moved.ts';

const lengths = { kind: 'number' as const, edges: [100, 812, 4000] };
const domains = { kind: 'category' as const, values: ['example.com', 'list.org'] };

it('says at which value numbers differ most, in the direction that grew', () => {
  expect(movedInWords({ title: 'Length of body', bins: lengths, counts: [25, 25, 25, 25, 0] }, [10, 16, 34, 40, 0])).toBe(
    'Length of body at 812 or more in 74 of 100 requests, in training in 50 of 100',
  );
  expect(movedInWords({ title: 'Length', bins: lengths, counts: [25, 25, 25, 25, 0] }, [70, 10, 10, 10, 0])).toBe(
    'Length under 100 in 70 of 100 requests, in training in 25 of 100',
  );
});

it('tells shares in per cent', () => {
  const digits = {
    title: 'Digits',
    unit: 'share of characters',
    bins: { kind: 'number' as const, edges: [0.00888] },
    counts: [30, 70, 0],
  };
  expect(movedInWords(digits, [60, 40, 0])).toBe('Digits under 0.89 % in 60 of 100 requests, in training in 30 of 100');
});

it('says when values are missing', () => {
  expect(movedInWords({ title: 'Age', bins: lengths, counts: [25, 25, 25, 25, 0] }, [10, 10, 10, 10, 60])).toBe(
    'Age missing in 60 of 100 requests, in training in 0 of 100',
  );
});

it('names the category that moved most', () => {
  expect(movedInWords({ title: 'from_domain', bins: domains, counts: [50, 30, 20, 0] }, [10, 30, 20, 0])).toMatch(
    /^from_domain “example.com” in 17 of 100/,
  );
  expect(movedInWords({ title: 'from_domain', bins: domains, counts: [50, 30, 20, 0] }, [30, 20, 50, 0])).toMatch(
    /one that is rare in training in 50 of 100/,
  );
});

it('says nothing about nothing', () => {
  expect(movedInWords({ title: 'x', bins: lengths, counts: [0, 0, 0, 0, 0] }, [1, 1, 1, 1, 0])).toBeNull();
});
