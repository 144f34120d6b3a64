'use client';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { Screen } from '#components/ui/screen.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';
import { experimentPath, experimentsPath } from '../paths.ts';
import { useAddress } from '../use-address.ts';
import { useRunsLive } from '../use-runs-live.ts';
import { ActiveLaunches } from './active-launches.tsx';
import { LaunchesTable } from './launches-table.tsx';
import { RunsTab } from './runs-tab.tsx';

/** One experiment: what is being trained, its runs to filter and compare, its launches. */
export function ExperimentScreen({ experiment }: { experiment: string }) {
  const trpc = useTRPC();
  const project = useProject();
  const found = useQuery(trpc.experiments.get.queryOptions({ project: project.name, experiment }));
  const launches = useQuery(trpc.training.launches.queryOptions({ project: project.name, experiment }));
  const { get } = useAddress();
  useRunsLive();
  const path = experimentPath(project.name, experiment);
  const tab = get('tab') === 'launches' ? 'launches' : 'runs';
  const head = (
    <PageHead
      crumbs={[{ label: 'Experiments', href: experimentsPath(project.name) }]}
      title={experiment}
      state={found.data && <Chip>{formatCount(found.data.runs.total, 'run')}</Chip>}
      meta={found.data?.description || undefined}
      actions={
        project.can('run:write') && (
          <Button variant="filled" component={Link} href={`${path}/launch`}>
            Launch trials…
          </Button>
        )
      }
    />
  );
  if (found.error && !found.data)
    return (
      <Screen head={head}>
        <ErrorState
          error={found.error}
          what={`The experiment ${experiment} could not be read.`}
          onRetry={() => void found.refetch()}
        />
      </Screen>
    );
  return (
    <Screen padded={false} head={head}>
      <ActiveLaunches experiment={experiment} launches={launches.data ?? []} />
      <TabLinks
        label="Parts of this experiment"
        active={tab === 'runs' ? path : `${path}?tab=launches`}
        items={[
          { href: path, label: 'Runs', count: found.data?.runs.total },
          { href: `${path}?tab=launches`, label: 'Launches', count: launches.data?.length },
        ]}
      />
      {tab === 'runs' ? (
        <RunsTab experiment={experiment} />
      ) : (
        <LaunchesTable
          experiment={experiment}
          launches={launches.data}
          error={launches.error}
          onRetry={() => void launches.refetch()}
        />
      )}
    </Screen>
  );
}
