import { expect, test } from 'vitest';
import { bestBy, estimateLaunch, isActive, sayProgress, segmentsOf, type Trial } from './launch-progress.ts';

const START = new Date('2026-01-01T12:00:00Z');
const after = (seconds: number) => new Date(START.getTime() + seconds * 1000);

function trial(id: string, status: Trial['status'], share = 0): Trial {
  return {
    id,
    name: id,
    status,
    progress: status === 'running' ? { share, doing: 'step 1', step: 1, total: 10 } : null,
    startedAt: status === 'queued' ? null : START,
    endedAt: null,
  };
}

test('segments and words', () => {
  const trials = [trial('a', 'finished'), trial('b', 'running', 0.5), trial('c', 'failed'), trial('d', 'queued')];
  expect(segmentsOf(trials).map(({ share, tone }) => [share, tone])).toEqual([
    [1, 'accent'],
    [0.5, 'accent'],
    [1, 'bad'],
    [0, 'accent'],
  ]);
  expect(sayProgress(trials)).toEqual({ label: 'Training 1 of 4 trials', detail: '1 finished, 1 failed, 1 waiting' });
  expect(sayProgress([trial('a', 'finished')])).toEqual({ label: 'The trial is done', detail: '1 finished' });
  expect(sayProgress([trial('a', 'queued'), trial('b', 'queued')]).label).toBe('2 trials in line for the worker');
  expect(trials.filter(isActive).map(({ id }) => id)).toEqual(['b', 'd']);
});

test('the estimate goes by the work done so far', () => {
  const trials = [trial('a', 'finished'), trial('b', 'running', 0.5), trial('c', 'queued'), trial('d', 'canceled')];
  expect(estimateLaunch(trials, after(15))).toBe(15_000);
  expect(estimateLaunch([trial('a', 'queued')], after(15))).toBeNull();
  expect(estimateLaunch([trial('a', 'finished')], after(15))).toBeNull();
});

test('the best is the highest, and nobody before there is a figure', () => {
  expect(bestBy([{ metrics: {} }], 'f1')).toBeUndefined();
  expect(bestBy([{ metrics: { f1: 0.1 } }, { metrics: { f1: 0.3 } }], 'f1')?.metrics.f1).toBe(0.3);
});
