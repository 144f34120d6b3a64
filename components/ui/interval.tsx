import { cx } from './cx.ts';
import s from './interval.module.css';

type IntervalProps = {
  estimate: number;
  lower?: number | null;
  upper?: number | null;
  /** The axis that all intervals of a column share. */
  domain: readonly [number, number];
  /** A line through the picture: no difference. */
  zero?: number;
  /** A dotted red line. */
  limit?: number;
  /** The zone in which a difference is allowed, as a grey box. */
  allowed?: readonly [number, number];
  tone?: 'accent' | 'quiet' | 'good' | 'bad';
  color?: string;
  /** A second, open dot: what it is compared with. */
  reference?: number | null;
  /** In words, for those who don't see it: "1.2 points, 95 % interval 0.3 to 2.1". */
  label: string;
  height?: number;
};

const place = (value: number, [low, high]: readonly [number, number]) =>
  `${(Math.min(1, Math.max(0, (value - low) / (high - low || 1))) * 100).toFixed(2)}%`;

/** Dot and whisker on an axis that the rows of a table share. Ends beyond the axis are cut at its edge. */
export function Interval({
  estimate,
  lower,
  upper,
  domain,
  zero,
  limit,
  allowed,
  tone = 'accent',
  color,
  reference,
  label,
  height = 24,
}: IntervalProps) {
  const left = lower ?? estimate;
  const right = upper ?? estimate;
  return (
    <div className={cx(s.interval, s[tone])} style={{ height, color }} role="img" aria-label={label} title={label}>
      {allowed && (
        <span
          className={s.allowed}
          style={{ left: place(allowed[0], domain), right: `calc(100% - ${place(allowed[1], domain)})` }}
        />
      )}
      {zero !== undefined && <span className={s.zero} style={{ left: place(zero, domain) }} />}
      {limit !== undefined && <span className={s.limit} style={{ left: place(limit, domain) }} />}
      <span className={s.whisker} style={{ left: place(left, domain), right: `calc(100% - ${place(right, domain)})` }} />
      {reference != null && <span className={s.open} style={{ left: place(reference, domain) }} />}
      <span className={s.dot} style={{ left: place(estimate, domain) }} />
    </div>
  );
}

/** The figures under a column of intervals. */
export function IntervalAxis({
  domain,
  ticks,
  format,
  limit,
}: {
  domain: readonly [number, number];
  ticks: number[];
  format: (value: number) => string;
  limit?: number;
}) {
  return (
    <div className={cx(s.axis, 'num')} aria-hidden="true">
      {ticks.map((tick) => (
        <span key={tick} className={tick === limit ? 'bad' : undefined} style={{ left: place(tick, domain) }}>
          {format(tick)}
        </span>
      ))}
    </div>
  );
}
