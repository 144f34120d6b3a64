'use client';
import { ProgressBar } from '#components/ui/progress.tsx';
import type { RunSummary } from '#server/features/experiments/runs.schema.ts';
import s from '../experiments.module.css';

/** What a run that hasn't ended does, how far it is, and what is left. Stopping it stands in the head. */
export function RunProgress({ run }: { run: RunSummary }) {
  const waits = run.status === 'queued';
  return (
    <div className={s.launchHead}>
      <ProgressBar
        label={waits ? 'Waits for the worker' : run.cancelRequested ? 'Stopping' : `Training: ${run.progress?.doing ?? 'begins'}`}
        detail={waits ? 'It begins as soon as the worker is free.' : undefined}
        share={waits ? 0 : (run.progress?.share ?? null)}
        startedAt={waits || run.cancelRequested ? null : run.startedAt}
      />
    </div>
  );
}
