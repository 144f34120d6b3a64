'use client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { formatClock, formatDateTime, formatDay, formatExact, formatRelative } from './format-time.ts';

const never = () => () => {};

/** The viewer's zone; UTC on the server and until the page is alive, so that both render the same. */
export function useTimeZone(): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  );
}

/** A point in time in the viewer's zone, which the title names. `form`: clock 14:02, day 9 Oct, both. */
export function DateTime({
  at,
  form = 'both',
  seconds = false,
}: {
  at: Date | string | number;
  form?: 'clock' | 'day' | 'both';
  seconds?: boolean;
}) {
  const zone = useTimeZone();
  const date = new Date(at);
  const now = useNow(0);
  const text =
    form === 'clock'
      ? formatClock(date, zone, seconds)
      : form === 'day'
        ? formatDay(date, zone, now)
        : formatDateTime(date, zone, now);
  return (
    <time className="num" dateTime={date.toISOString()} title={formatExact(date, zone)} suppressHydrationWarning>
      {text}
    </time>
  );
}

/** "2 h ago", kept up to date; the title says when exactly. */
export function RelativeTime({ at }: { at: Date | string | number }) {
  const zone = useTimeZone();
  const now = useNow(30_000);
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={formatExact(date, zone)} suppressHydrationWarning>
      {formatRelative(date, now, zone)}
    </time>
  );
}

/** The time now, renewed every `every` milliseconds (0: only at the first rendering). */
export function useNow(every: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    if (every === 0) return;
    const timer = setInterval(() => setNow(new Date()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
