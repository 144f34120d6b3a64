import { StatePill } from '#components/ui/state-pill.tsx';
import type { RunSummary } from '#server/features/experiments/runs.schema.ts';

const STATES = { queued: 'queued', running: 'running', finished: 'done', failed: 'failed', canceled: 'cancelled' } as const;

/** A run's state as shape and word. */
export function RunState({ run }: { run: Pick<RunSummary, 'status' | 'cancelRequested'> }) {
  if (run.status === 'running' && run.cancelRequested) return <StatePill state="running">Stopping</StatePill>;
  return <StatePill state={STATES[run.status]} />;
}
