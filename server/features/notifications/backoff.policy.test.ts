import { expect, test } from 'vitest';
import { MAIL_TRIES, WEBHOOK_TRIES, waitAfter } from './backoff.policy.ts';

test('each wait is four times the one before, up to the longest', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7].map((tries) => waitAfter(tries, WEBHOOK_TRIES, 0.5) / 1000);
  expect(waits).toEqual([10, 40, 160, 640, 2560, 10_240, 40_960]);
  expect(waitAfter(30, WEBHOOK_TRIES, 0.5)).toBe(WEBHOOK_TRIES.mostMs);
});

test('chance makes it a fifth shorter or longer, and no more', () => {
  expect([0, 1].map((chance) => waitAfter(1, WEBHOOK_TRIES, chance))).toEqual([8_000, 12_000]);
});

test.each([
  ['a webhook', WEBHOOK_TRIES],
  ['a mail', MAIL_TRIES],
])('%s is tried for more than half a day and less than a whole one', (_what, tries) => {
  const hours = (chance: number) => {
    const waits = Array.from({ length: tries.count - 1 }, (_, i) => waitAfter(i + 1, tries, chance));
    return waits.reduce((sum, ms) => sum + ms, 0) / 3_600_000;
  };
  expect(hours(0)).toBeGreaterThan(11);
  expect(hours(1)).toBeLessThan(24);
});
