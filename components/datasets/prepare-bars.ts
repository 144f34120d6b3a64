import { formatShort } from '#components/ui/format.ts';
import type { ColumnProfile, Histogram, Timeline } from '#server/features/datasets/profile.schema.ts';
import type { Condition } from '#server/features/datasets/rows.schema.ts';

/** One bar in a column's head: its height from 0 to 1, what it says, and what a click on it asks for. */
export type Bar = { key: string; share: number; count: number; label: string; condition: Condition };

/** The bars of a column of numbers, of text lengths or of times; none where nothing is known. */
export function prepareBars(column: ColumnProfile): Bar[] {
  if (column.numbers) return numberBars(column.name, column.numbers.histogram, 'value');
  if (column.lengths) return numberBars(column.name, column.lengths.histogram, 'length');
  return column.timeline ? timeBars(column.name, column.timeline) : [];
}

function numberBars(column: string, histogram: Histogram, of: 'value' | 'length'): Bar[] {
  const { low, high, counts, clippedLow, clippedHigh } = histogram;
  const width = (high - low) / Math.max(1, counts.length);
  const most = Math.max(1, ...counts);
  const unit = of === 'length' ? ' characters' : '';
  return counts.map((count, index) => {
    const from = low + index * width;
    const to = index === counts.length - 1 ? high : low + (index + 1) * width;
    const openLow = clippedLow && index === 0;
    const openHigh = index === counts.length - 1;
    const span =
      openHigh && clippedHigh
        ? `${formatShort(from)} or more`
        : openLow
          ? `below ${formatShort(to)}`
          : `${formatShort(from)} to ${formatShort(to)}`;
    return {
      key: String(index),
      share: count / most,
      count,
      label: `${span}${unit}`,
      condition: { op: 'range', column, of, ...(openLow ? {} : { from: plain(from) }), ...(openHigh ? {} : { to: plain(to) }) },
    };
  });
}

const STEP = { year: 4, month: 7, day: 10, hour: 13 } as const;

function timeBars(column: string, timeline: Timeline): Bar[] {
  const merged = mergeBuckets(timeline.buckets, 24);
  const most = Math.max(1, ...merged.map((bucket) => bucket.count));
  const digits = STEP[timeline.unit];
  return merged.map((bucket, index) => {
    const next = merged[index + 1];
    return {
      key: bucket.start,
      share: bucket.count / most,
      count: bucket.count,
      label: `from ${bucket.start.slice(0, digits).replace('T', ' ')}`,
      condition: {
        op: 'range',
        column,
        of: 'value',
        from: shortTime(bucket.start),
        ...(next ? { to: shortTime(next.start) } : {}),
      },
    };
  });
}

/** Neighbouring buckets joined until at most `limit` are left. */
function mergeBuckets(buckets: Timeline['buckets'], limit: number): Timeline['buckets'] {
  const size = Math.ceil(buckets.length / limit);
  if (size <= 1) return buckets;
  const merged: Timeline['buckets'] = [];
  for (let i = 0; i < buckets.length; i += size) {
    const group = buckets.slice(i, i + size);
    merged.push({ start: group[0]?.start ?? '', count: group.reduce((sum, bucket) => sum + bucket.count, 0) });
  }
  return merged;
}

function shortTime(iso: string): string {
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : `${iso.slice(0, 16)}Z`;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** What stands under the bars: median, span, how many are missing. */
export function captionOf(column: ColumnProfile): string {
  const missing = column.missing > 0 ? ` · ${column.missing.toLocaleString('en')} empty` : '';
  if (column.numbers) return `median ${formatShort(column.numbers.p50)}${missing}`;
  if (column.lengths)
    return `length ${formatShort(Math.round(column.lengths.p05))} to ${formatShort(Math.round(column.lengths.p95))}${missing}`;
  if (column.timeline) return `${column.timeline.min.slice(0, 7)} to ${column.timeline.max.slice(0, 7)}${missing}`;
  if (column.kind === 'label' && column.distinct === 0) return 'no row is labeled';
  return `${column.distinct.toLocaleString('en')} different${missing}`;
}
