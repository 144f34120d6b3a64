const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ZONES: Record<string, number> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
  bst: 60,
  ist: 60,
  met: 60,
  cet: 60,
  mest: 120,
  cest: 120,
  jst: 540,
};
const DELIVERY =
  /^From \S.*?\s(?:mon|tue|wed|thu|fri|sat|sun)\s+([a-z]{3})\s+(\d{1,2})\s+(\d{2}):(\d{2})(?::(\d{2}))?\s+(\d{4})\s*$/i;
const RFC_DATE = /(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|\(?[a-z]{1,4}\)?)?/i;

/**
 * The time of the delivery line that a mail box puts before a mail (`From ann@example.org Thu Aug 22 13:17:22 2002`,
 * RFC 4155), taken as UTC because it names no zone. Null when the line is of another form.
 */
export function parseDeliveryLine(line: string): Date | null {
  const found = DELIVERY.exec(line);
  if (!found) return null;
  const [, month, day, hour, minute, second, year] = found;
  return utc(Number(year), month ?? '', Number(day), Number(hour), Number(minute), Number(second ?? 0), 0);
}

/**
 * The time behind the last semicolon of a Received header (RFC 5322, 3.6.7), as UTC. Obsolete zone names are
 * understood, years of two digits too (4.3); without a zone it is taken as UTC. Null when there is none.
 */
export function parseReceivedHeader(value: string): Date | null {
  const text = value.slice(value.lastIndexOf(';') + 1).slice(0, 200);
  const found = RFC_DATE.exec(text);
  if (!found) return null;
  const [, day, month, rawYear, hour, minute, second, zone] = found;
  const short = Number(rawYear);
  const year = short >= 1000 ? short : short < 50 ? 2000 + short : 1900 + short;
  return utc(year, month ?? '', Number(day), Number(hour), Number(minute), Number(second ?? 0), offsetMinutes(zone));
}

function offsetMinutes(zone: string | undefined): number {
  if (!zone) return 0;
  const numeric = /^([+-])(\d{2})(\d{2})$/.exec(zone);
  if (numeric) return (numeric[1] === '-' ? -1 : 1) * (Number(numeric[2]) * 60 + Number(numeric[3]));
  return ZONES[zone.replace(/[()]/g, '').toLowerCase()] ?? 0;
}

function utc(
  year: number,
  month: string,
  day: number,
  hour: number,
  minute: number,
  second: number,
  offset: number,
): Date | null {
  const index = MONTHS.indexOf(month.toLowerCase());
  if (index < 0 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return null;
  const at = new Date(Date.UTC(year, index, day, hour, minute, second) - offset * 60_000);
  const wanted = new Date(Date.UTC(year, index, day));
  return wanted.getUTCDate() === day && at.getUTCFullYear() >= 1970 && at.getUTCFullYear() <= 9999 ? at : null;
}
