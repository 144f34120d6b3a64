'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { ProgressBar } from '#components/ui/progress.tsx';
import type { SuiteRunSummary } from '#server/features/evaluations/evaluations.schema.ts';
import s from './evaluations.module.css';

/** A run that waits or goes on: what it is doing, how long yet, and a way to stop it. */
export function RunUnderWay({ run, mayCancel }: { run: SuiteRunSummary; mayCancel: boolean }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const queries = useQueryClient();
  const cancel = useMutation(
    trpc.evaluations.cancel.mutationOptions({ onSettled: () => queries.invalidateQueries(trpc.evaluations.pathFilter()) }),
  );
  const waits = run.status === 'queued';
  return (
    <div className={s.pad}>
      <ProgressBar
        label={`Evaluating v${run.version.number}`}
        detail={waits ? 'waits for a worker' : (run.progress?.what ?? 'begins')}
        share={waits ? null : (run.progress?.share ?? 0)}
        startedAt={run.startedAt}
        {...(mayCancel ? { onCancel: () => cancel.mutate({ project, id: run.id }) } : {})}
        cancelling={cancel.isPending}
      />
      {cancel.error && <ErrorLine error={cancel.error} />}
      {run.requestId && <p className="caption">A promotion request waits for this run; withdraw the request to stop it.</p>}
    </div>
  );
}
