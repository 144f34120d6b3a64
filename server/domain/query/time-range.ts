/** Times as people write them: a year, a month, a day, a minute or an exact time stand for all that lies in them. */

const FORM = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

export type TimeRange = { from: Date; to: Date };

/**
 * The span that a text names, from (inclusive) to (exclusive), in UTC unless it says a zone: `2026`, `2026-03`,
 * `2026-03-05`, `2026-03-05 14:30`, `2026-03-05T14:30:00.250Z`; a number is milliseconds since 1970, as in MLflow.
 * @returns null when it is no time
 */
export function timeRange(value: number | string): TimeRange | null {
  if (typeof value === 'number') {
    const from = new Date(Math.trunc(value));
    return Number.isNaN(from.getTime()) ? null : { from, to: new Date(from.getTime() + 1) };
  }
  const found = FORM.exec(value.trim());
  if (!found) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = found;
  const text = `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.${(fraction ?? '').padEnd(3, '0')}${zone ?? 'Z'}`;
  const from = new Date(text);
  // JavaScript takes 31 April as 1 May; here it is no day.
  if (Number.isNaN(from.getTime()) || (day && !zone && from.getUTCDate() !== Number(day))) return null;
  if (!day) {
    const next = month ? Date.UTC(Number(year), Number(month), 1) : Date.UTC(Number(year) + 1, 0, 1);
    return { from, to: new Date(next) };
  }
  const length = fraction ? 1 : second ? 1000 : minute ? 60_000 : 86_400_000;
  return { from, to: new Date(from.getTime() + length) };
}
