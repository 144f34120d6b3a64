import { expect, test } from 'vitest';
import type { ColumnProfile } from '#server/features/datasets/profile.schema.ts';
import { captionOf, prepareBars } from './prepare-bars.ts';

const base: ColumnProfile = {
  name: 'x',
  kind: 'number',
  missing: 3,
  distinct: 9,
  numbers: null,
  lengths: null,
  top: null,
  timeline: null,
};
const spread = { min: 0, max: 500, mean: 9, std: 1, p05: 0, p25: 2, p50: 5, p75: 8, p95: 10 };

test('a clipped end bin asks for everything beyond it', () => {
  const column = {
    ...base,
    numbers: { ...spread, histogram: { low: 0, high: 10, counts: [4, 2], clippedLow: false, clippedHigh: true } },
  };
  const bars = prepareBars(column);
  expect(bars.map(({ share, label, condition }) => [share, label, condition])).toEqual([
    [1, '0 to 5', { op: 'range', column: 'x', of: 'value', from: '0', to: '5' }],
    [0.5, '5 or more', { op: 'range', column: 'x', of: 'value', from: '5' }],
  ]);
  expect(captionOf(column)).toBe('median 5 · 3 empty');
});

test('text lengths ask for lengths', () => {
  const column: ColumnProfile = {
    ...base,
    kind: 'text',
    lengths: { ...spread, histogram: { low: 0, high: 4, counts: [1], clippedLow: false, clippedHigh: false } },
  };
  expect(prepareBars(column)[0]?.condition).toMatchObject({ of: 'length' });
});

test('many buckets of time are joined, and each asks for its span', () => {
  const buckets = Array.from({ length: 48 }, (_, i) => ({ start: new Date(Date.UTC(2000, i, 1)).toISOString(), count: 1 }));
  const bars = prepareBars({
    ...base,
    kind: 'time',
    timeline: { min: '2000-01-01T00:00:00.000Z', max: '2003-12-31T00:00:00.000Z', unit: 'month', buckets },
  });
  expect(bars).toHaveLength(24);
  expect(bars[0]).toMatchObject({ count: 2, label: 'from 2000-01', condition: { from: '2000-01-01', to: '2000-03-01' } });
  expect(bars.at(-1)?.condition).not.toHaveProperty('to');
});
