'use client';
import { DateTime, useNow } from '#components/ui/date-time.tsx';
import { formatDuration } from '#components/ui/format.ts';
import { SegmentedProgress } from '#components/ui/progress.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { RunSummary } from '#server/features/experiments/runs.schema.ts';
import s from '../experiments.module.css';
import { estimateLaunch, isActive, sayProgress, segmentsOf } from './launch-progress.ts';

/** How far the launch is, a segment a trial, with what is left as far as it can be told. */
export function LaunchHead({ trials }: { trials: readonly RunSummary[] }) {
  const { label, detail } = sayProgress(trials);
  const active = trials.some(isActive);
  const failed = trials.some((trial) => trial.status === 'failed');
  const begun = trials.flatMap((trial) => (trial.startedAt ? [trial.startedAt.getTime()] : []));
  const ended = trials.flatMap((trial) => (trial.endedAt ? [trial.endedAt.getTime()] : []));
  return (
    <div className={s.launchHead}>
      <div className={s.launchLine}>
        <StatePill state={active ? 'running' : failed ? 'failed' : 'done'}>
          <span className="strong ink">{label}</span>
        </StatePill>
        <span className="ink-2">{detail}</span>
        <span className={s.right}>
          {begun.length > 0 && (
            <span className="caption">
              started <DateTime at={new Date(Math.min(...begun))} form="clock" seconds />
            </span>
          )}
          {active ? (
            <TimeLeft trials={trials} />
          ) : (
            begun.length > 0 && ended.length > 0 && <span>took {formatDuration(Math.max(...ended) - Math.min(...begun))}</span>
          )}
        </span>
      </div>
      <SegmentedProgress segments={segmentsOf(trials)} label={label} />
    </div>
  );
}

function TimeLeft({ trials }: { trials: readonly RunSummary[] }) {
  const left = estimateLaunch(trials, useNow(1000));
  if (left === null) return <span className="ink-2">no estimate yet</span>;
  return (
    <span className="strong" suppressHydrationWarning>
      about {formatDuration(Math.ceil(left / 1000) * 1000)} left
    </span>
  );
}
