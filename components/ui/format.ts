/** Figures as words. Pure: no clock and no zone of their own; "–" stands for a figure that is missing. */

const MISSING = '–';
const MINUS = '−';
const SPACE = '\u00a0';

function missing(value: number | null | undefined): value is null | undefined {
  return value === null || value === undefined || Number.isNaN(value);
}

function grouped(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  const text = Math.abs(value).toLocaleString('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const isZero = !/[1-9]/.test(text);
  return value < 0 && !isZero ? `${MINUS}${text}` : text;
}

/** A figure with a fixed number of decimals: 1,234.50. */
export function formatNumber(value: number | null | undefined, decimals = 0): string {
  return missing(value) ? MISSING : grouped(value, decimals);
}

/** As many decimals as the size of the figure deserves: 1,234 · 12.3 · 0.967 · 1e-5. */
export function formatShort(value: number | null | undefined): string {
  if (missing(value)) return MISSING;
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return grouped(value, 0);
  if (size >= 100) return grouped(value, 0);
  if (size >= 10) return grouped(value, 1);
  if (size >= 0.001) return grouped(value, 3);
  return value.toExponential(0).replace('-', MINUS).replace(`e${MINUS}`, 'e-');
}

/** Thousands as k, millions as M: 950 · 1.2k · 50k · 3.4M. */
export function formatCompact(value: number | null | undefined): string {
  if (missing(value)) return MISSING;
  const size = Math.abs(value);
  for (const [limit, divisor, letter] of [
    [999_950_000, 1e9, 'G'],
    [999_950, 1e6, 'M'],
    [999.5, 1e3, 'k'],
  ] as const) {
    if (size < limit) continue;
    const scaled = value / divisor;
    return `${grouped(scaled, Math.abs(scaled) < 9.95 && scaled.toFixed(1) !== scaled.toFixed(0).concat('.0') ? 1 : 0)}${letter}`;
  }
  return formatShort(value);
}

/** A share between 0 and 1 in per cent: 0.042 -> "4.2 %". */
export function formatPercent(share: number | null | undefined, decimals = 0): string {
  return missing(share) ? MISSING : `${grouped(share * 100, decimals)}${SPACE}%`;
}

/** A signed difference: +1.2 · −0.5 · 0. */
export function formatDelta(value: number | null | undefined, decimals = 1): string {
  if (missing(value)) return MISSING;
  const text = grouped(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Bytes in powers of 1000: 950 B · 14.6 MB. */
export function formatBytes(bytes: number | null | undefined): string {
  if (missing(bytes)) return MISSING;
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let scaled = bytes;
  let unit = 0;
  while (Math.abs(scaled) >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return `${grouped(scaled, unit === 0 || Math.abs(scaled) >= 99.5 ? 0 : 1)}${SPACE}${units[unit]}`;
}

/** A length of time from milliseconds: 3.8 ms · 6.1 s · 2 min 5 s · 3 h 10 min · 4 days. */
export function formatDuration(milliseconds: number | null | undefined): string {
  if (missing(milliseconds)) return MISSING;
  const size = Math.abs(milliseconds);
  if (size < 999.5) return `${grouped(milliseconds, size < 99.5 && size % 1 !== 0 ? 1 : 0)}${SPACE}ms`;
  const seconds = milliseconds / 1000;
  if (size < 59_950) return `${grouped(seconds, size < 9_950 && seconds % 1 !== 0 ? 1 : 0)}${SPACE}s`;
  const whole = Math.round(Math.abs(seconds));
  const parts =
    whole < 3600
      ? ([
          [Math.floor(whole / 60), 'min'],
          [whole % 60, 's'],
        ] as const)
      : whole < 172_800
        ? ([
            [Math.floor(whole / 3600), 'h'],
            [Math.floor((whole % 3600) / 60), 'min'],
          ] as const)
        : ([[Math.floor(whole / 86_400), 'days']] as const);
  return `${milliseconds < 0 ? MINUS : ''}${parts
    .filter(([n], i) => n > 0 || i === 0)
    .map(([n, unit]) => `${n}${SPACE}${unit}`)
    .join(' ')}`;
}

/** "1 run", "2 runs"; give the plural where it isn't formed with s. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count, 0)} ${count === 1 ? noun : plural}`;
}

/** "0.951 to 0.983", both ends with the same decimals. */
export function formatRange(lower: number | null | undefined, upper: number | null | undefined, decimals = 3): string {
  if (missing(lower) || missing(upper)) return MISSING;
  return `${grouped(lower, decimals)} to ${grouped(upper, decimals)}`;
}

/** How long something that is `share` done (0 to 1) after `elapsed` ms will still take; null while nothing can be said. */
export function estimateLeft(elapsed: number, share: number): number | null {
  if (elapsed < 1000 || share <= 0.01 || share > 1) return null;
  return Math.round((elapsed / share) * (1 - share));
}

/** The beginning and the end of a long hash: 7f3a9c1e…b204. */
export function shortHash(hash: string, head = 8, tail = 4): string {
  return hash.length <= head + tail + 1 ? hash : `${hash.slice(0, head)}…${hash.slice(-tail)}`;
}
