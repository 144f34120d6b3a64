/** Points in time as words. Pure: `now` and the zone (IANA name) are given. */

const parts = (at: Date, timeZone: string, options: Intl.DateTimeFormatOptions) =>
  Object.fromEntries(new Intl.DateTimeFormat('en-US', { timeZone, ...options }).formatToParts(at).map((p) => [p.type, p.value]));

/** "14:02", or "14:02:31" with seconds. */
export function formatClock(at: Date, timeZone: string, seconds = false): string {
  const p = parts(at, timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  return seconds ? `${p.hour}:${p.minute}:${p.second}` : `${p.hour}:${p.minute}`;
}

/** "9 Oct", with the year when it isn't `now`'s: "9 Oct 2002". */
export function formatDay(at: Date, timeZone: string, now?: Date): string {
  const p = parts(at, timeZone, { day: 'numeric', month: 'short', year: 'numeric' });
  const sameYear = now !== undefined && parts(now, timeZone, { year: 'numeric' }).year === p.year;
  return sameYear ? `${p.day} ${p.month}` : `${p.day} ${p.month} ${p.year}`;
}

/** "Thursday 10 October 2002". */
export function formatLongDay(at: Date, timeZone: string): string {
  const p = parts(at, timeZone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  return `${p.weekday} ${p.day} ${p.month} ${p.year}`;
}

/** "9 Oct 14:02" (year when it isn't `now`'s). */
export function formatDateTime(at: Date, timeZone: string, now?: Date): string {
  return `${formatDay(at, timeZone, now)} ${formatClock(at, timeZone)}`;
}

/** In full, with seconds and the zone's name: "Wed 9 Oct 2002, 14:02:31 (Europe/Berlin)". */
export function formatExact(at: Date, timeZone: string): string {
  const p = parts(at, timeZone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  return `${p.weekday} ${p.day} ${p.month} ${p.year}, ${formatClock(at, timeZone, true)} (${timeZone})`;
}

/** "just now", "5 min ago", "2 h ago", "3 days ago", "in 8 min"; past a month the day itself. */
export function formatRelative(at: Date, now: Date, timeZone: string): string {
  const distance = now.getTime() - at.getTime();
  const size = Math.abs(distance);
  if (size < 45_000) return distance >= 0 ? 'just now' : 'in a moment';
  if (size > 30 * 86_400_000) return formatDay(at, timeZone, now);
  const [count, unit] =
    size < 3_570_000
      ? ([Math.round(size / 60_000), 'min'] as const)
      : size < 84_600_000
        ? ([Math.round(size / 3_600_000), 'h'] as const)
        : ([Math.round(size / 86_400_000), Math.round(size / 86_400_000) === 1 ? 'day' : 'days'] as const);
  return distance >= 0 ? `${count}\u00a0${unit} ago` : `in ${count}\u00a0${unit}`;
}
