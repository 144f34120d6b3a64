'use client';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { useConfirm } from '#components/ui/confirm.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Link } from '#components/ui/link.tsx';
import type { RunDetail } from '#server/features/experiments/runs.schema.ts';
import { isActive } from '../live/launch-progress.ts';
import { experimentPath } from '../paths.ts';

/** What can be done with a run: stop it while it goes, make its graph a model version, launch others on its data. */
export function RunActions({ run }: { run: RunDetail }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const project = useProject();
  const confirm = useConfirm();
  const cancel = useMutation(
    trpc.training.cancelRun.mutationOptions({
      onSettled: () => queries.invalidateQueries(trpc.experiments.pathFilter()),
    }),
  );
  const stop = async () => {
    const body = 'Its curves stay as far as they go. It will have no graph and no test figures.';
    if (await confirm({ title: `Stop ${run.name}?`, body, verb: 'Stop the run', danger: true }))
      cancel.mutate({ project: project.name, experiment: run.experiment, run: run.name });
  };
  const data = run.dataset ? `?dataset=${encodeURIComponent(run.dataset.name)}&version=${run.dataset.number}` : '';
  const query = new URLSearchParams({ experiment: run.experiment, run: run.name });
  return (
    <>
      {cancel.error && <ErrorLine error={cancel.error} />}
      {project.can('run:write') && (
        <Button variant="subtle" component={Link} href={`${experimentPath(project.name, run.experiment)}/launch${data}`}>
          Launch on this data…
        </Button>
      )}
      {project.can('run:write') && isActive(run) && (
        <Button
          variant="outline"
          disabled={run.cancelRequested}
          loading={cancel.isPending || run.cancelRequested}
          onClick={() => void stop()}
        >
          Stop the run
        </Button>
      )}
      {project.can('model:write') && run.status === 'finished' && (
        <Button variant="filled" component={Link} href={`/${project.name}/models/new?${query}`}>
          Register as a model version…
        </Button>
      )}
    </>
  );
}
