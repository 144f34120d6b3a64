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
