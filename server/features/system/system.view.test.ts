import { expect, test } from 'vitest';
import { failureMessage, toProcessRow, toQueueRows } from '#server/features/system/system.view.ts';

test('jobs are counted by queue; the queue’s own housekeeping is left out', () => {
  const early = new Date('2026-03-01T10:00:00Z');
  const late = new Date('2026-03-01T11:00:00Z');
  expect(
    toQueueRows([
      { name: '__pgboss__send-it', state: 'created', count: 1n, oldest: early },
      { name: 'train', state: 'active', count: 1n, oldest: early },
      { name: 'train', state: 'completed', count: 7n, oldest: early },
      { name: 'train', state: 'created', count: 3n, oldest: late },
      { name: 'train', state: 'retry', count: 2n, oldest: early },
      { name: 'train', state: 'failed', count: 4n, oldest: early },
    ]),
  ).toEqual([{ name: 'train', waiting: 5, active: 1, failed: 4, done: 7, oldestWaitingAt: early }]);
});

test('a failure says its reason, whatever was thrown', () => {
  expect(failureMessage({ message: 'out of memory', stack: '…' })).toBe('out of memory');
  expect(failureMessage({ value: 'thrown text' })).toBe('thrown text');
  expect(failureMessage(null)).toBe('No reason was left.');
});

test('memory is a figure of its own', () => {
  const at = new Date();
  const row = {
    id: 'p',
    kind: 'worker',
    host: 'h',
    pid: 1,
    startedAt: at,
    heartbeatAt: at,
    alive: true,
    info: { memoryMb: 120, url: 'x' },
  };
  expect(toProcessRow(row)).toMatchObject({ memoryMb: 120, info: { url: 'x' } });
  expect(toProcessRow({ ...row, info: {} }).memoryMb).toBeNull();
});
