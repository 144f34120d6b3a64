import { expect, test } from 'vitest';
import { filterTokens } from './filter-tokens.ts';
import { readOrder, sortRows, writeOrder } from './order.ts';

test('an order survives the address', () => {
  for (const text of ['', 'name', '-test.f1']) expect(writeOrder(readOrder(text) ?? undefined)).toBe(text);
});

test('rows without a value stand last, whichever way', () => {
  const rows = [2, null, 3, undefined, 1];
  expect(sortRows(rows, (row) => row, false).slice(0, 3)).toEqual([1, 2, 3]);
  expect(sortRows(rows, (row) => row, true).slice(0, 3)).toEqual([3, 2, 1]);
  expect(sortRows(['b', 'a'], (row) => row, false)).toEqual(['a', 'b']);
});

test('the colours of the filter line lose no character', () => {
  const text = 'quiet  test.f1>=0.95 a= ';
  const tokens = filterTokens(text);
  expect(tokens.map((token) => token.text).join('')).toBe(text);
  expect(tokens.filter(({ kind }) => kind === 'key').map((token) => token.text)).toEqual(['test.f1', 'a']);
});
