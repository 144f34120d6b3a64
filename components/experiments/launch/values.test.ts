import { expect, test } from 'vitest';
import { countTrials, L2, parseFigures, sayProduct, VOCABULARY } from './values.ts';

test('figures as people type them', () => {
  expect(parseFigures('10k, 30k', VOCABULARY)).toEqual({ ok: true, values: [10_000, 30_000] });
  expect(parseFigures('0.1 1;1e-3', L2)).toEqual({ ok: true, values: [0.1, 1, 0.001] });
});

test.each([
  ['', 'Give at least one value.'],
  ['ten', 'ten is not a figure.'],
  ['10.5', '10.5 is not a whole number.'],
  ['5', '5 is not between 10 and 200000.'],
  ['100 100', '100 is named twice.'],
  ['11 12 13 14 15 16 17 18 19 20 21', 'At most 10 values.'],
])('%s: %s', (text, message) => {
  expect(parseFigures(text, VOCABULARY)).toEqual({ ok: false, message });
});

test('trials are counted as the server will make them', () => {
  const space = {
    ngramMax: [1 as const, 2 as const],
    vocabularySize: [10_000, 30_000],
    l2: [0.1, 1],
    classWeight: ['none' as const],
  };
  expect(countTrials(space, [{ name: 'body', kind: 'text' }])).toBe(8);
  expect(countTrials(space, [{ name: 'length', kind: 'number' }])).toBe(2);
  expect(sayProduct(space, [{ name: 'body', kind: 'text' }])).toBe('2 × 2 × 2 × 1');
});
