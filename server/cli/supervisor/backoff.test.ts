import { expect, test } from 'vitest';
import { nextRestart } from './backoff.ts';

test('the pause doubles with each short life, up to half a minute', () => {
  const waits: number[] = [];
  let shortLives = 0;
  for (let i = 0; i < 9; i += 1) {
    const next = nextRestart({ livedMs: 100, shortLives });
    waits.push(next.waitMs);
    shortLives = next.shortLives;
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

test('after a healthy life it starts again at once', () => {
  expect(nextRestart({ livedMs: 10_000, shortLives: 7 })).toEqual({ waitMs: 0, shortLives: 0 });
});
