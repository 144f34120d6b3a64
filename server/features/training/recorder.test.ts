import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRecorder } from './recorder.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const step = (n: number) => ({ step: n, total: 100, metrics: { 'train.loss': 1 / n } });

test('gathers many steps into two writes a second, and what is left at the end', async () => {
  const written: number[] = [];
  const recorder = createRecorder({ write: async (points) => written.push(points.length) > 0, onStop: () => undefined });
  for (let n = 1; n <= 40; n += 1) {
    recorder.add(step(n));
    await vi.advanceTimersByTimeAsync(50);
  }
  await recorder.close();
  expect(written.length).toBeLessThanOrEqual(5);
  expect(written.reduce((sum, count) => sum + count, 0)).toBe(40);
});

test('stops once when the run is no longer wanted', async () => {
  const onStop = vi.fn();
  const recorder = createRecorder({ write: async () => false, onStop });
  recorder.add(step(1));
  await vi.advanceTimersByTimeAsync(600);
  recorder.add(step(2));
  await vi.advanceTimersByTimeAsync(600);
  await recorder.close();
  expect(onStop).toHaveBeenCalledOnce();
});

test('stops the trainer and throws at the end when a write fails', async () => {
  const onStop = vi.fn();
  const recorder = createRecorder({
    write: async () => {
      throw new Error('the database is gone');
    },
    onStop,
  });
  recorder.add(step(1));
  await vi.advanceTimersByTimeAsync(600);
  expect(onStop).toHaveBeenCalledOnce();
  await expect(recorder.close()).rejects.toThrow('the database is gone');
});
