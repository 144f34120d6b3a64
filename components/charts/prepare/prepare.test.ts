import { describe, expect, it } from 'vitest';
import { seriesColor, stableColors } from './colors.ts';
import { denseSeries, extent, mergeSeries } from './dense.ts';
import { minMax } from './downsample.ts';
import { equalEdges, histogram } from './histogram.ts';
import { spreadApart } from './spread.ts';
import { toCsv } from './table.ts';
import { logTicks, niceTicks, tickDecimals } from './ticks.ts';
import { timeTicks } from './time-axis.ts';

describe('dense series', () => {
  it('makes gaps of what is missing', () => {
    expect(
      denseSeries(
        [
          { x: 0, y: 1 },
          { x: 21, y: 3 },
        ],
        0,
        30,
        10,
      ),
    ).toEqual([
      { x: 0, y: 1 },
      { x: 10, y: null },
      { x: 20, y: 3 },
      { x: 30, y: null },
    ]);
  });
  it('takes no points outside and survives nonsense', () => {
    expect(
      denseSeries(
        [
          { x: -5, y: 1 },
          { x: 99, y: 1 },
        ],
        0,
        10,
        10,
      ),
    ).toEqual([
      { x: 0, y: null },
      { x: 10, y: null },
    ]);
    expect(denseSeries([], 0, 10, 0)).toEqual([]);
  });
  it('merges series by x, rising, with bands', () => {
    expect(
      mergeSeries([
        {
          key: 'a',
          points: [
            { x: 2, y: 5, lower: 4, upper: 6 },
            { x: 1, y: null },
          ],
        },
        { key: 'b', points: [{ x: 2, y: 7 }] },
      ]),
    ).toEqual([
      { x: 1, a: null },
      { x: 2, a: 5, 'a:band': [4, 6], b: 7 },
    ]);
  });
  it('knows the extent with bands, or that there is none', () => {
    expect(
      extent([
        {
          points: [
            { x: 0, y: 3, lower: 1, upper: 8 },
            { x: 1, y: null },
          ],
        },
      ]),
    ).toEqual([1, 8]);
    expect(extent([{ points: [{ x: 0, y: null }] }])).toBeNull();
  });
});

describe('ticks', () => {
  it('are round and cover the range', () => {
    expect(niceTicks(0, 0.44)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(niceTicks(0.861, 0.962, 6)).toEqual([0.86, 0.88, 0.9, 0.92, 0.94, 0.96, 0.98]);
    expect(niceTicks(0, 100)).toEqual([0, 20, 40, 60, 80, 100]);
    expect(niceTicks(5, 5).length).toBeGreaterThan(1);
    expect(niceTicks(Number.NaN, 1)).toEqual([0, 1]);
  });
  it('tell how many decimals they need', () => {
    expect([
      tickDecimals([0, 0.2, 0.4]),
      tickDecimals([0, 0.25, 0.5]),
      tickDecimals([0, 20, 40]),
      tickDecimals([0.94, 0.945]),
    ]).toEqual([1, 2, 0, 3]);
  });
  it('on a logarithmic axis are 1, 2 and 5', () => {
    expect(logTicks(0.1, 0.7)).toEqual([0.1, 0.2, 0.5]);
    expect(logTicks(1, 1e6)).toEqual([1, 10, 100, 1000, 10_000, 100_000, 1_000_000]);
    expect(logTicks(0, 10)).toEqual([]);
  });
});

describe('time axis', () => {
  it('names weeks from a Monday', () => {
    const ticks = timeTicks(Date.UTC(2002, 8, 9), Date.UTC(2002, 9, 10), 'UTC');
    expect(ticks.map((t) => t.label)).toEqual(['9 Sep', '16', '23', '30', '7 Oct']);
  });
  it('stands at round clock times of the zone', () => {
    const ticks = timeTicks(Date.UTC(2002, 9, 9, 12, 2), Date.UTC(2002, 9, 9, 12, 40), 'Asia/Kolkata');
    expect(ticks.map((t) => t.label)).toEqual(['17:40', '17:50', '18:00', '18:10']);
  });
  it('keeps to midnight over the change of the clock', () => {
    const ticks = timeTicks(Date.UTC(2002, 9, 25, 22), Date.UTC(2002, 9, 29, 23), 'Europe/Berlin');
    expect(ticks.map((t) => t.label)).toEqual(['26 Oct', '27', '28', '29', '30']);
    expect(ticks.map((t) => new Date(t.at).getUTCHours())).toEqual([22, 22, 23, 23, 23]);
  });
});

describe('downsampling', () => {
  it('keeps peaks, ends and gaps', () => {
    const points = Array.from({ length: 1000 }, (_, x) => ({ x, y: x === 500 ? null : x === 321 ? 99 : x % 10 }));
    const few = minMax(points, 20);
    expect(few.length).toBeLessThanOrEqual(100);
    expect([few[0]?.x, few.at(-1)?.x]).toEqual([0, 999]);
    expect(few.some((p) => p.y === 99)).toBe(true);
    expect(few.some((p) => p.y === null)).toBe(true);
    expect(few.every((p, i) => i === 0 || p.x > (few[i - 1]?.x ?? 0))).toBe(true);
  });
  it('leaves short series alone', () => expect(minMax([{ x: 0, y: 1 }], 10)).toEqual([{ x: 0, y: 1 }]));
});

describe('histograms', () => {
  it('count by edges, the last bin closed', () => {
    expect(histogram([0, 1, 1.5, 2, 9], [0, 1, 2]).map((b) => b.count)).toEqual([1, 3]);
    expect(histogram([0, 1, 1.5, 2, 9], [0, 1, 2])[1]?.share).toBeCloseTo(0.6);
  });
  it('make equal bins, also of one value or none', () => {
    expect(equalEdges([0, 10], 2)).toEqual([0, 5, 10]);
    expect(equalEdges([], 4)).toEqual([0, 1]);
    expect(equalEdges([3, 3], 4)).toEqual([3, 4]);
  });
});

describe('colours', () => {
  it('stay with their key when the selection changes', () => {
    const first = stableColors(['a', 'b', 'c']);
    expect([...stableColors(['c', 'd'], first)]).toEqual([
      ['c', 2],
      ['d', 0],
    ]);
  });
  it('end at eight', () => expect([seriesColor(0), seriesColor(8)]).toEqual(['var(--series-1)', 'var(--ref)']));
});

describe('labels', () => {
  it('are moved apart about their middle and keep their order', () => {
    expect(spreadApart([10, 12, 100], 14)).toEqual([4, 18, 100]);
    expect(spreadApart([50, 50, 50], 10)).toEqual([40, 50, 60]);
    expect(spreadApart([], 10)).toEqual([]);
  });
});

describe('CSV', () => {
  it('quotes and defuses formulas', () => {
    expect(
      toCsv({
        heads: ['day', 'a,b'],
        rows: [
          ['=1+1', 0.5],
          ['say "x"', null],
        ],
      }),
    ).toBe('day,"a,b"\r\n\'=1+1,0.5\r\n"say ""x""",\r\n');
  });
});
