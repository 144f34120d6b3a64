import { describe, expect, test } from 'vitest';
import { Refusal, Unreachable } from './gateway-client.ts';
import { parseDuration, waitFor } from './wait.ts';

const options = { timeoutMs: 2_000, signal: new AbortController().signal, firstMs: 1, mostMs: 5 };

describe('waiting', () => {
  test('looks until it is over, through a gateway that restarts', async () => {
    let looks = 0;
    const seen = await waitFor(
      async () => {
        looks += 1;
        if (looks === 2 || looks === 3) throw new Unreachable('restarting');
        return looks;
      },
      (value) => value === 5,
      options,
    );
    expect(seen).toBe(5);
  });

  test('a gateway that stays away ends it with 4, a refusal at once with 1, the time with 3', async () => {
    const away = waitFor(
      () => Promise.reject(new Unreachable('gone')),
      () => false,
      { ...options, awayMs: 20 },
    );
    await expect(away).rejects.toMatchObject({ code: 4 });
    const no = waitFor(
      () => Promise.reject(new Refusal(403, 'FORBIDDEN', 'no', {})),
      () => false,
      options,
    );
    await expect(no).rejects.toMatchObject({ code: 1 });
    await expect(
      waitFor(
        async () => 1,
        () => false,
        { ...options, timeoutMs: 30 },
      ),
    ).rejects.toMatchObject({ code: 3 });
  });

  test('an abort ends the pause', async () => {
    const controller = new AbortController();
    const waiting = waitFor(
      async () => 1,
      () => false,
      { ...options, signal: controller.signal, firstMs: 60_000, mostMs: 60_000, timeoutMs: 60_000 },
    );
    setTimeout(() => controller.abort(), 10);
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});

test.each([
  ['90', 90_000],
  ['90s', 90_000],
  ['15m', 900_000],
  ['2h', 7_200_000],
  ['1.5d', 129_600_000],
])('%s is %i ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', '0', '-1', 'soon', '1w', '1e9'])('%j is no duration', (text) => {
  expect(() => parseDuration(text)).toThrow('no duration');
});
