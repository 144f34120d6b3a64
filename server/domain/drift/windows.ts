/** Windows of event time in UTC: days begin at midnight, weeks on Monday. */
export const WINDOWS = ['day', 'week'] as const;
export type WindowSize = (typeof WINDOWS)[number];

const DAY_MS = 86_400_000;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** The beginning of the window that holds `time`. */
export function windowStart(time: Date, size: WindowSize): Date {
  const [step, origin] = size === 'day' ? [DAY_MS, 0] : [7 * DAY_MS, FIRST_MONDAY_MS];
  return new Date(Math.floor((time.getTime() - origin) / step) * step + origin);
}

/** The beginning of the next window. */
export function windowEnd(start: Date, size: WindowSize): Date {
  return new Date(start.getTime() + (size === 'day' ? DAY_MS : 7 * DAY_MS));
}

const MOST_WINDOWS = 5000;

/** The beginnings of all windows from the one that holds `from` to the one that holds `to`, without a gap; at most 5,000. */
export function everyWindow(from: Date, to: Date, size: WindowSize): Date[] {
  const starts: Date[] = [];
  for (let at = windowStart(from, size); at <= to && starts.length < MOST_WINDOWS; at = windowEnd(at, size)) starts.push(at);
  return starts;
}

/** One entry for every window between the first and the last that is known; null where nothing was served. */
export function fillWindows<T extends { from: Date }>(
  windows: readonly T[],
  size: WindowSize,
): { from: Date; window: T | null }[] {
  const [first, last] = [windows[0], windows.at(-1)];
  if (!first || !last) return [];
  const known = new Map(windows.map((window) => [window.from.getTime(), window]));
  return everyWindow(first.from, last.from, size).map((from) => ({ from, window: known.get(from.getTime()) ?? null }));
}

/** A longer silence than this divides the time that is looked at: what lies beyond it are strays, or another era. */
const LONGEST_SILENCE: Record<WindowSize, number> = { day: 31, week: 13 };

/** The windows cut at long silences, in their order. */
export function stretches<T extends { from: Date }>(windows: readonly T[], size: WindowSize): T[][] {
  const cut: T[][] = [];
  for (const window of windows) {
    const before = cut.at(-1)?.at(-1);
    const silence = before ? everyWindow(before.from, window.from, size).length - 1 : 0;
    if (!before || silence > LONGEST_SILENCE[size]) cut.push([window]);
    else cut.at(-1)?.push(window);
  }
  return cut;
}

/**
 * The stretch that a page begins with: the newest in which some window has at least `minRows` rows, so that a few stray requests
 * (of somebody who tries an address, with another event time) don't become "now"; the newest of all where none has.
 */
export function mainStretch<T extends { from: Date; rows: number }>(
  windows: readonly T[],
  size: WindowSize,
  minRows: number,
): T[] {
  const cut = stretches(windows, size);
  return cut.findLast((stretch) => stretch.some(({ rows }) => rows >= minRows)) ?? cut.at(-1) ?? [];
}
