import { formatDuration } from '#components/ui/format.ts';
import type { RunSummary } from '#server/features/experiments/runs.schema.ts';

type Times = Pick<RunSummary, 'startedAt' | 'endedAt'>;

/** Milliseconds from a run's start to its end; null while it hasn't ended or never began. */
export function runDuration({ startedAt, endedAt }: Times): number | null {
  return startedAt && endedAt ? endedAt.getTime() - startedAt.getTime() : null;
}

export function sayDuration(run: Times): string {
  return formatDuration(runDuration(run));
}
