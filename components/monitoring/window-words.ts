import { formatDay } from '#components/ui/format-time.ts';
import type { WindowSize } from '#server/domain/drift/windows.ts';

const DAY_MS = 86_400_000;
/** Windows are cut at midnight in UTC, so that is the zone in which their days are named. */
export const ZONE = 'UTC';

/** "9 Oct" or "week of 7 Oct", with the year when it isn't `now`'s. */
export function windowName(from: Date, size: WindowSize, now?: Date): string {
  return size === 'day' ? formatDay(from, ZONE, now) : `week of ${formatDay(from, ZONE, now)}`;
}

/** "9 Sep to 10 Oct 2002": both days are part of it; `end` is the first moment after the last one. */
export function rangeName(from: Date, end: Date, now?: Date): string {
  const last = new Date(end.getTime() - DAY_MS);
  const to = formatDay(last, ZONE, now);
  if (from.getTime() >= last.getTime()) return to;
  const sameYear = from.getUTCFullYear() === last.getUTCFullYear();
  return `${sameYear ? formatDay(from, ZONE, from) : formatDay(from, ZONE, now)} to ${to}`;
}

/** "2002-10-07", as it stands in the address. */
export function dayInAddress(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The day that an address names; null when it names none. */
export function dayFromAddress(text: string | null): Date | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? null : at;
}
