import { formatNumber, formatRange } from '#components/ui/format.ts';
import { isShare } from '#server/domain/metrics/paths.ts';
import type { Interval } from '#server/domain/stats/interval.schema.ts';

/** Decimals of a figure: three for shares, three that count for all others. */
export function figureText(path: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return isShare(path) ? formatNumber(value, 3) : formatNumber(value, decimalsOf(value));
}

export function intervalText(path: string, interval: Interval | null): string {
  if (!interval) return '–';
  const decimals = isShare(path) ? 3 : decimalsOf(interval.estimate);
  return formatRange(interval.lower, interval.upper, decimals);
}

/** An axis that holds all intervals; shares end at 1. */
export function domainOf(intervals: readonly (Interval | null)[], share: boolean): readonly [number, number] {
  const found = intervals.flatMap((interval) => (interval ? [interval.lower, interval.upper] : []));
  if (found.length === 0) return [0, 1];
  const [low, high] = [Math.min(...found), Math.max(...found)];
  if (share) return [Math.max(-1, Math.floor(low * 20) / 20), Math.min(1, Math.ceil(high * 20) / 20)];
  const room = (high - low || Math.abs(high) || 1) * 0.1;
  return [low - room, high + room];
}

function decimalsOf(value: number): number {
  const size = Math.abs(value);
  return size >= 100 ? 1 : size >= 1 ? 2 : 4;
}
