import { formatClock, formatDay } from '#components/ui/format-time.ts';

const DAY_MS = 86_400_000;

/** When something happened, as short as it can be told: "Today 13:20", "Wed 14:48", "9 Oct". Pure: `now` and the zone are given. */
export function momentWords(at: Date, now: Date, zone: string): string {
  if (formatDay(at, zone) === formatDay(now, zone)) return `Today ${formatClock(at, zone)}`;
  if (now.getTime() - at.getTime() < 6 * DAY_MS && at <= now) {
    const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short' }).format(at);
    return `${weekday} ${formatClock(at, zone)}`;
  }
  return formatDay(at, zone, now);
}
