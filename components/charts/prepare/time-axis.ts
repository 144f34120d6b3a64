const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  28 * DAY,
  91 * DAY,
  364 * DAY,
];

export type TimeTick = { at: number; label: string };

/** Milliseconds by which the zone's clock is ahead of UTC at that time. */
function offset(at: number, timeZone: string): number {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(new Date(at))
      .map((part) => [part.type, Number(part.value)]),
  );
  const local = Date.UTC(
    parts.year ?? 0,
    (parts.month ?? 1) - 1,
    parts.day ?? 1,
    parts.hour ?? 0,
    parts.minute ?? 0,
    parts.second ?? 0,
  );
  return local - Math.floor(at / 1000) * 1000;
}

/**
 * Ticks of a time axis at round clock times of a zone: whole days, hours or minutes, weeks from a Monday.
 * Days are named "9 Sep" where the month changes or comes first and "16" after that; hours "14:00".
 * @param from first and `to` last time, in milliseconds since 1970
 */
export function timeTicks(from: number, to: number, timeZone: string, count = 6): TimeTick[] {
  if (!(to > from)) return [{ at: from, label: label(from, DAY, timeZone, null) }];
  const step =
    STEPS.find((candidate) => (to - from) / candidate <= count) ?? Math.ceil((to - from) / count / (364 * DAY)) * 364 * DAY;
  // Days since Monday 5 January 1970, so that weeks begin on Mondays.
  const phase = step >= 7 * DAY ? 4 * DAY : 0;
  const ticks: TimeTick[] = [];
  const zoneAtStart = offset(from, timeZone);
  let local = Math.ceil((from + zoneAtStart - phase) / step) * step + phase;
  let before: number | null = null;
  for (; ticks.length < 200; local += step) {
    const guess = local - zoneAtStart;
    const at = local - offset(guess, timeZone);
    if (at > to) break;
    if (at < from) continue;
    ticks.push({ at, label: label(at, step, timeZone, before) });
    before = at;
  }
  return ticks;
}

function label(at: number, step: number, timeZone: string, before: number | null): string {
  const read = (time: number) =>
    Object.fromEntries(
      new Intl.DateTimeFormat('en-US', {
        timeZone,
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hourCycle: 'h23',
      })
        .formatToParts(new Date(time))
        .map((part) => [part.type, part.value]),
    );
  const now = read(at);
  const last = before === null ? null : read(before);
  if (step >= DAY) {
    if (step >= 91 * DAY) return `${now.month} ${now.year}`;
    return last === null || last.month !== now.month ? `${now.day} ${now.month}` : `${now.day}`;
  }
  const newDay = last !== null && last.day !== now.day;
  if (newDay && now.hour === '00' && now.minute === '00') return `${now.day} ${now.month}`;
  return step < MINUTE ? `${now.hour}:${now.minute}:${now.second}` : `${now.hour}:${now.minute}`;
}
