import { expect, test } from 'vitest';
import { importColumnsSchema } from './columns.schema.ts';
import { splitSchema } from './recipe.schema.ts';

const problem = (parsed: { error?: { issues: { message: string }[] } }) => parsed.error?.issues[0]?.message ?? null;
const parts = (...shares: number[]) => shares.map((share, index) => ({ name: `part-${index}`, share }));

test('shares add up, within rounding', () => {
  expect(problem(splitSchema.safeParse({ kind: 'random', seed: 1, parts: parts(0.6, 0.2, 0.2) }))).toBeNull();
  expect(problem(splitSchema.safeParse({ kind: 'random', seed: 1, parts: parts(0.6, 0.2) }))).toBe(
    'The shares add up to 80 %, not to 100 %.',
  );
  const same = [
    { name: 'a', share: 0.5 },
    { name: 'a', share: 0.5 },
  ];
  expect(problem(splitSchema.safeParse({ kind: 'random', seed: 1, parts: same }))).toBe('Two parts have the same name.');
});

test('one key, one label, names of their own', () => {
  expect(problem(importColumnsSchema.safeParse([{ name: 'a', kind: 'ignore' }]))).toContain('Keep at least one');
  const two = [
    { name: 'a', kind: 'label' },
    { name: 'b', kind: 'label' },
  ];
  expect(problem(importColumnsSchema.safeParse(two))).toBe('A version has one label column, here are 2: a, b.');
  const twins = [
    { name: 'a', kind: 'text' },
    { name: 'A', kind: 'text' },
  ];
  expect(problem(importColumnsSchema.safeParse(twins))).toBe('Two columns are called A.');
  expect(problem(importColumnsSchema.safeParse([{ name: '_row', kind: 'text' }]))).toContain('names that begin with _');
});
