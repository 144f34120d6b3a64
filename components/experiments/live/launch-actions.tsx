'use client';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCommands } from '#components/shell/commands.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { useConfirm } from '#components/ui/confirm.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { MAX_COMPARED } from '#server/features/experiments/compare.schema.ts';
import type { RunSummary } from '#server/features/experiments/runs.schema.ts';
import type { LaunchView } from '#server/features/training/training.schema.ts';
import { comparePath, experimentPath } from '../paths.ts';
import { isActive } from './launch-progress.ts';

/** What can be done with a launch: the same again with other settings, its runs side by side, stop what hasn't ended. */
export function LaunchActions({
  experiment,
  launch,
  trials,
}: {
  experiment: string;
  launch: LaunchView;
  trials: readonly RunSummary[];
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const project = useProject();
  const confirm = useConfirm();
  const cancel = useMutation(
    trpc.training.cancelLaunch.mutationOptions({
      onSettled: () => {
        void queries.invalidateQueries(trpc.training.launches.pathFilter());
        return queries.invalidateQueries(trpc.experiments.pathFilter());
      },
    }),
  );
  const can = project.can('run:write');
  const left = trials.filter((trial) => isActive(trial) && !trial.cancelRequested).length;
  const finished = trials
    .filter((trial) => trial.status === 'finished')
    .sort((a, b) => (b.metrics['test.f1'] ?? 0) - (a.metrics['test.f1'] ?? 0))
    .slice(0, MAX_COMPARED);
  const stop = async () => {
    const body = 'What is finished stays. What is being trained ends within a second and keeps its curves, without a graph.';
    if (
      await confirm({ title: `Stop ${formatCount(left, 'trial')} of ${launch.name}?`, body, verb: 'Stop the rest', danger: true })
    )
      cancel.mutate({ project: project.name, experiment, launch: launch.name });
  };
  useCommands(can && left > 0 ? [{ id: 'cancel', label: `Stop the rest of ${launch.name}`, run: () => void stop() }] : []);
  const again = launch.dataset ? `?dataset=${encodeURIComponent(launch.dataset.name)}&version=${launch.dataset.number}` : '';
  const compare = comparePath(
    project.name,
    experiment,
    finished.map((trial) => trial.name),
  );
  return (
    <>
      {cancel.error && <ErrorLine error={cancel.error} />}
      {can && (
        <Button variant="subtle" component={Link} href={`${experimentPath(project.name, experiment)}/launch${again}`}>
          Launch again…
        </Button>
      )}
      {finished.length >= 2 && (
        <Button component={Link} href={compare}>
          Compare {finished.length < trials.length ? `${finished.length} finished` : 'them'}
        </Button>
      )}
      {can && left > 0 && (
        <Button variant="outline" loading={cancel.isPending} onClick={() => void stop()}>
          Stop the rest
        </Button>
      )}
    </>
  );
}
