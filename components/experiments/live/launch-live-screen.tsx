'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { LoadingRows } from '#components/ui/loading-rows.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { Columns, Screen } from '#components/ui/screen.tsx';
import { experimentPath, experimentsPath } from '../paths.ts';
import { useRunsLive } from '../use-runs-live.ts';
import { LaunchActions } from './launch-actions.tsx';
import { LaunchCharts } from './launch-charts.tsx';
import { LaunchHead } from './launch-head.tsx';
import { TrialsTable } from './trials-table.tsx';
import { WhatRuns } from './what-runs.tsx';

/** A launch while it goes, and after: segments, two charts in step, and the trials as their legend. */
export function LaunchLiveScreen({ experiment, launch: name }: { experiment: string; launch: string }) {
  const trpc = useTRPC();
  const project = useProject();
  const launches = useQuery(trpc.training.launches.queryOptions({ project: project.name, experiment }));
  const launch = launches.data?.find((one) => one.name === name);
  const runs = useQuery(trpc.experiments.runs.queryOptions({ project: project.name, experiment, launch: name }));
  const trials = useMemo(
    () => [...(runs.data ?? [])].sort((a, b) => (a.launch?.trial ?? 0) - (b.launch?.trial ?? 0)),
    [runs.data],
  );
  useRunsLive();
  const path = experimentPath(project.name, experiment);
  const head = (
    <PageHead
      crumbs={[
        { label: 'Experiments', href: experimentsPath(project.name) },
        { label: experiment, href: path },
      ]}
      title={name}
      state={launch && <Chip>{formatCount(launch.trials.total, 'trial')}</Chip>}
      actions={launch && <LaunchActions experiment={experiment} launch={launch} trials={trials} />}
    />
  );
  const failed = (launches.data === undefined && launches.error) || (runs.data === undefined && runs.error);
  if (failed)
    return (
      <Screen head={head}>
        <ErrorState
          error={failed}
          what={`The launch ${name} could not be read.`}
          onRetry={() => void Promise.all([launches.refetch(), runs.refetch()])}
        />
      </Screen>
    );
  if (launches.data && !launch)
    return (
      <Screen head={head}>
        <EmptyState title={`There is no ${name} in ${experiment}`} explanation="Open the experiment to see its launches." />
      </Screen>
    );
  return (
    <Screen padded={false} head={head}>
      {launch && runs.data ? (
        <>
          <LaunchHead trials={trials} />
          <Columns template="minmax(0, 1fr) 312px">
            <LaunchCharts trials={trials} file={`${experiment}-${name}`} />
            <WhatRuns launch={launch} by={trials[0]?.createdBy ?? null} />
          </Columns>
          <TrialsTable experiment={experiment} trials={trials} />
        </>
      ) : (
        <LoadingRows rows={12} what={`The launch ${name} …`} />
      )}
    </Screen>
  );
}
