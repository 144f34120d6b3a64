import { expect, it } from 'vitest';
import { RateLimit } from '#server/gateway/rate-limit.ts';

it('allows a burst and then the average, for each key by itself', () => {
  const limit = new RateLimit(120);
  const burst = Array.from({ length: 12 }, () => limit.take('a', 0));
  expect(burst).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
  expect(limit.take('b', 0)).toBe(0);
  expect(limit.take('a', 499)).toBe(1);
  expect(limit.take('a', 501)).toBe(0);
  const later = Array.from({ length: 11 }, () => limit.take('a', 60_000));
  expect(later.filter((wait) => wait === 0)).toHaveLength(10);
});

it('says how many seconds to wait for a slow limit', () => {
  const limit = new RateLimit(6);
  for (let i = 0; i < 10; i++) limit.take('a', 0);
  expect(limit.take('a', 0)).toBe(10);
});
