'use client';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useNow } from './date-time.tsx';
import { estimateLeft, formatDuration } from './format.ts';
import s from './progress.module.css';

/**
 * A long work: what is being done, a bar, an estimate and a way to cancel. `share` is 0 to 1, or null while it can't be told.
 * With `startedAt` the time that is left is estimated from the share that is done.
 */
export function ProgressBar({
  label,
  detail,
  share,
  startedAt,
  onCancel,
  cancelling = false,
  cancelWord = 'Cancel',
}: {
  label: ReactNode;
  detail?: ReactNode;
  share: number | null;
  startedAt?: Date | null;
  onCancel?: () => void;
  cancelling?: boolean;
  cancelWord?: string;
}) {
  const now = useNow(1000);
  const left = share !== null && startedAt ? estimateLeft(now.getTime() - startedAt.getTime(), share) : null;
  return (
    <div className={s.progress}>
      <div className={s.line}>
        <span className="strong">{label}</span>
        {detail !== undefined && <span className="ink-2">{detail}</span>}
        {left !== null && left > 0 && (
          <span className={s.left} suppressHydrationWarning>
            about {formatDuration(left)} left
          </span>
        )}
        {onCancel && (
          <Button className={s.cancel} size="xs" variant="outline" loading={cancelling} onClick={onCancel}>
            {cancelWord}
          </Button>
        )}
      </div>
      <Bar share={share} label={typeof label === 'string' ? label : 'Progress'} />
    </div>
  );
}

/** Only the bar, 4 px high, for rows and heads. */
export function Bar({
  share,
  label,
  tone = 'accent',
  width,
}: {
  share: number | null;
  label: string;
  tone?: 'accent' | 'quiet' | 'good' | 'bad';
  width?: number;
}) {
  const percent = share === null ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <span
      className={s.bar}
      style={{ width }}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <span
        className={percent === undefined ? s.unknown : s[tone]}
        style={{ width: percent === undefined ? undefined : `${percent}%` }}
      />
    </span>
  );
}

export type Segment = { key: string; share: number; label: string; tone?: 'accent' | 'quiet' | 'good' | 'bad'; weight?: number };

/** One bar made of the parts of a work, each filled by its own share. */
export function SegmentedProgress({ segments, label }: { segments: Segment[]; label: string }) {
  const weight = segments.reduce((sum, segment) => sum + (segment.weight ?? 1), 0);
  const done = segments.reduce((sum, segment) => sum + segment.share * (segment.weight ?? 1), 0);
  return (
    <div
      className={s.segments}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={weight === 0 ? 0 : Math.round((done / weight) * 100)}
    >
      {segments.map((segment) => (
        <span key={segment.key} className={s.segment} style={{ flexGrow: segment.weight ?? 1 }} title={segment.label}>
          <span
            className={s[segment.tone ?? 'accent']}
            style={{ width: `${segment.share * 100}%`, opacity: segment.share < 1 ? 0.7 : 1 }}
          />
        </span>
      ))}
    </div>
  );
}
