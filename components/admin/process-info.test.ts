import { expect, test } from 'vitest';
import { infoLines } from './process-info.ts';

test('what a process tells becomes flat lines', () => {
  expect(
    infoLines({
      url: 'http://127.0.0.1:8080',
      providers: ['cpu', 'webgpu'],
      routing: { '01a20525-914f-71d8-9c45-525f4bed4e89': 3 },
      workers: [
        { pid: 7, ready: true, inHand: 0, refusals: [{}] },
        { pid: 8, ready: true, inHand: 0, refusals: [] },
      ],
      counts: { rows: 0, batches: 2 },
      empty: {},
      none: null,
      list: [],
      hash: 'b1a02df546aab52efd26298183fdf551dc68aa06da108949fcfcfcd15aa7d253',
    }),
  ).toEqual([
    ['url', 'http://127.0.0.1:8080'],
    ['providers', 'cpu, webgpu'],
    ['routing.01a20525…', '3'],
    ['workers', '2'],
    ['workers.pid', '7, 8'],
    ['workers.ready', 'true'],
    ['counts.batches', '2'],
    ['hash', 'b1a02df5…'],
  ]);
});

test('a talkative process is cut', () => {
  expect(infoLines(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`k${i}`, i + 1])))).toHaveLength(16);
});
