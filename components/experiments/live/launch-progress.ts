/** How far a launch is, from its trials. Pure but for the clock that is passed in. */

import { formatCount } from '#components/ui/format.ts';
import type { Segment } from '#components/ui/progress.tsx';
import type { RunSummary } from '#server/features/experiments/runs.schema.ts';

export type Trial = Pick<RunSummary, 'id' | 'name' | 'status' | 'progress' | 'startedAt' | 'endedAt'>;

/** Whether a run can still change by itself. */
export function isActive(run: { status: RunSummary['status'] }): boolean {
  return run.status === 'queued' || run.status === 'running';
}

export function shareOf(trial: Trial): number {
  if (trial.status === 'queued') return 0;
  return trial.status === 'running' ? (trial.progress?.share ?? 0) : 1;
}

const WORDS = { queued: 'waits', running: 'is being trained', finished: 'is done', failed: 'failed', canceled: 'was stopped' };

/** A segment a trial: grey where it was stopped, red where it failed. */
export function segmentsOf(trials: readonly Trial[]): Segment[] {
  return trials.map((trial) => {
    const stoppedWithout = trial.status === 'canceled' && trial.startedAt === null;
    return {
      key: trial.id,
      share: stoppedWithout ? 0 : shareOf(trial),
      label: `${trial.name} ${WORDS[trial.status]}`,
      tone: trial.status === 'failed' ? 'bad' : trial.status === 'canceled' ? 'quiet' : 'accent',
    };
  });
}

/** "Training 2 of 8 trials" and what the others do. */
export function sayProgress(trials: readonly Trial[]): { label: string; detail: string } {
  const count = (status: Trial['status']) => trials.filter((trial) => trial.status === status).length;
  const running = count('running');
  const queued = count('queued');
  const parts = [
    [count('finished'), 'finished'],
    [count('failed'), 'failed'],
    [count('canceled'), 'stopped'],
    [queued, 'waiting'],
  ] as const;
  const detail = parts.flatMap(([n, word]) => (n > 0 ? [`${n} ${word}`] : [])).join(', ');
  const all = formatCount(trials.length, 'trial');
  if (running > 0) return { label: `Training ${running} of ${all}`, detail };
  if (queued > 0) return { label: queued === trials.length ? `${all} in line for the worker` : all, detail };
  if (count('finished') < trials.length) return { label: `${all} ended`, detail };
  return { label: trials.length === 1 ? 'The trial is done' : `All ${all} are done`, detail };
}

/**
 * Milliseconds until the last trial ends, about: what is left of the work, in trials, at the speed so far.
 * Null before anything can be said.
 */
export function estimateLaunch(trials: readonly Trial[], now: Date): number | null {
  const begun = trials.flatMap((trial) => (trial.startedAt ? [trial.startedAt.getTime()] : []));
  const counted = trials.filter((trial) => trial.status !== 'canceled');
  const done = counted.reduce((sum, trial) => sum + shareOf(trial), 0);
  const left = counted.length - done;
  const elapsed = now.getTime() - Math.min(...begun);
  if (begun.length === 0 || left <= 0 || done < 0.2 || elapsed < 1000) return null;
  return Math.round((elapsed / done) * left);
}

/** The trial with the highest value of a metric; undefined while none has it. */
export function bestBy<T extends { metrics: Record<string, number> }>(trials: readonly T[], metric: string): T | undefined {
  const scored = trials.filter((trial) => trial.metrics[metric] !== undefined);
  return scored.sort((a, b) => (b.metrics[metric] ?? 0) - (a.metrics[metric] ?? 0))[0];
}
