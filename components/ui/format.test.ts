import { describe, expect, it } from 'vitest';
import {
  estimateLeft,
  formatBytes,
  formatCompact,
  formatCount,
  formatDelta,
  formatDuration,
  formatNumber,
  formatPercent,
  formatRange,
  formatShort,
  shortHash,
} from './format.ts';
import { formatDateTime, formatDay, formatExact, formatLongDay, formatRelative } from './format-time.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('figures', () => {
  it('groups thousands, keeps decimals and uses a real minus', () => {
    expect(formatNumber(1234.5, 2)).toBe('1,234.50');
    expect(formatNumber(-3)).toBe('−3');
    expect(formatNumber(-0.001, 1)).toBe('0.0');
    expect(formatNumber(null)).toBe('–');
    expect(formatNumber(Number.NaN)).toBe('–');
    expect(formatNumber(Number.POSITIVE_INFINITY)).toBe('∞');
  });
  it('gives short figures the decimals that they deserve', () => {
    expect([1234, 12.34, 0.9671, 0.00001, 126335.4].map(formatShort)).toEqual(['1,234', '12.3', '0.967', '1e-5', '126,335']);
  });
  it('shortens large counts', () => {
    expect([950, 1200, 50_000, 999_999, 3_400_000, 2e9].map(formatCompact)).toEqual(['950', '1.2k', '50k', '1M', '3.4M', '2G']);
  });
  it('writes shares, differences and ranges', () => {
    expect(plain(formatPercent(0.0423, 1))).toBe('4.2 %');
    expect([1.23, -0.5, 0, 0.01].map((v) => formatDelta(v))).toEqual(['+1.2', '−0.5', '0.0', '0.0']);
    expect(formatRange(0.951, 0.983)).toBe('0.951 to 0.983');
  });
  it('writes bytes and durations', () => {
    expect([0, 950, 999_600, 14_600_000, 1.2e12].map((v) => plain(formatBytes(v)))).toEqual([
      '0 B',
      '950 B',
      '1.0 MB',
      '14.6 MB',
      '1.2 TB',
    ]);
    expect([0.25, 3.8, 250, 6100, 42_000, 125_000, 11_400_000, 400_000_000].map((v) => plain(formatDuration(v)))).toEqual([
      '0.3 ms',
      '3.8 ms',
      '250 ms',
      '6.1 s',
      '42 s',
      '2 min 5 s',
      '3 h 10 min',
      '4 days',
    ]);
  });
  it('counts things', () => {
    expect([formatCount(1, 'run'), formatCount(1200, 'run'), formatCount(0, 'entry', 'entries')]).toEqual([
      '1 run',
      '1,200 runs',
      '0 entries',
    ]);
  });
  it('shortens hashes', () => {
    expect(shortHash('7f3a9c1e00112233b204')).toBe('7f3a9c1e…b204');
    expect(shortHash('abc')).toBe('abc');
  });
});

describe('what is left', () => {
  it('grows with what was needed so far', () => {
    expect(estimateLeft(10_000, 0.5)).toBe(10_000);
    expect(estimateLeft(10_000, 1)).toBe(0);
    expect(estimateLeft(500, 0.5)).toBeNull();
    expect(estimateLeft(10_000, 0)).toBeNull();
  });
});

describe('times', () => {
  const at = new Date('2002-10-09T12:02:31Z');
  it('are said in the zone that is given', () => {
    expect(formatDateTime(at, 'Europe/Berlin', new Date('2002-12-01T00:00:00Z'))).toBe('9 Oct 14:02');
    expect(formatDay(at, 'UTC', new Date('2003-01-01T00:00:00Z'))).toBe('9 Oct 2002');
    expect(formatExact(at, 'Europe/Berlin')).toBe('Wed 9 Oct 2002, 14:02:31 (Europe/Berlin)');
    expect(formatLongDay(at, 'UTC')).toBe('Wednesday 9 October 2002');
  });
  it('are said relative to now', () => {
    const ago = (ms: number) => plain(formatRelative(new Date(at.getTime() - ms), at, 'UTC'));
    expect([10_000, 300_000, 7_200_000, 90_000_000, 3 * 86_400_000].map(ago)).toEqual([
      'just now',
      '5 min ago',
      '2 h ago',
      '1 day ago',
      '3 days ago',
    ]);
    expect(plain(formatRelative(new Date(at.getTime() + 480_000), at, 'UTC'))).toBe('in 8 min');
    expect(ago(40 * 86_400_000)).toBe('30 Aug');
  });
});
