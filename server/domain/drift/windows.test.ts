import { describe, expect, it } from 'vitest';
import { everyWindow, fillWindows, mainStretch, stretches, windowEnd, windowStart } from './windows.ts';

const at = (day: string) => new Date(`${day}T00:00:00Z`);

describe('windows', () => {
  it('begin at midnight and on Mondays, in UTC', () => {
    expect(windowStart(new Date('2002-10-10T23:59:59Z'), 'day')).toEqual(at('2002-10-10'));
    expect(windowStart(new Date('2002-10-10T23:59:59Z'), 'week')).toEqual(at('2002-10-07'));
    expect(windowEnd(at('2002-10-07'), 'week')).toEqual(at('2002-10-14'));
  });

  it('of a time run without a gap', () => {
    expect(everyWindow(new Date('2002-09-30T12:00:00Z'), at('2002-10-14'), 'week')).toEqual([
      at('2002-09-30'),
      at('2002-10-07'),
      at('2002-10-14'),
    ]);
    expect(everyWindow(at('2002-10-02'), at('2002-10-01'), 'day')).toEqual([]);
  });

  it('in which nothing was served are gaps', () => {
    const [first, last] = [{ from: at('2002-10-01') }, { from: at('2002-10-03') }];
    expect(fillWindows([first, last], 'day')).toEqual([
      { from: at('2002-10-01'), window: first },
      { from: at('2002-10-02'), window: null },
      { from: at('2002-10-03'), window: last },
    ]);
    expect(fillWindows([], 'day')).toEqual([]);
  });

  it('are cut where nothing came for long, and strays do not become now', () => {
    const windows = [
      { from: at('2002-09-30'), rows: 80 },
      { from: at('2002-10-14'), rows: 90 },
      { from: at('2026-11-16'), rows: 2 },
    ];
    expect(stretches(windows, 'week').map((stretch) => stretch.length)).toEqual([2, 1]);
    expect(mainStretch(windows, 'week', 50)).toEqual(windows.slice(0, 2));
    expect(mainStretch(windows, 'week', 500)).toEqual(windows.slice(2));
    expect(mainStretch([], 'week', 50)).toEqual([]);
  });
});
