import { expect, test } from 'vitest';
import { infoLines } from './process-info.ts';

test('what a process tells becomes flat lines', () => {
  expect(
    infoLines({
      url: 'http://127.0.0.1:8080',
      providers: ['cpu', 'webgpu'],
      routing: { abc: 3 },
      workers: [{ pid: 7 }, { pid: 8 }],
      empty: {},
      none: null,
    }),
  ).toEqual([
    ['url', 'http://127.0.0.1:8080'],
    ['providers', 'cpu, webgpu'],
    ['routing.abc', '3'],
    ['workers.1.pid', '7'],
    ['workers.2.pid', '8'],
  ]);
});

test('a talkative process is cut', () => {
  expect(infoLines(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`k${i}`, i])))).toHaveLength(12);
});
