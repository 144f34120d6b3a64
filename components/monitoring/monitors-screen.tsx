'use client';
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { refresh } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { Screen } from '#components/ui/screen.tsx';
import { MONITOR_COLUMNS } from './monitor-columns.tsx';
import s from './monitoring.module.css';
import { WatchForm } from './watch-form.tsx';

/** Every deployment that is watched, with what was found last; and the way to watch another one. */
export function MonitorsScreen() {
  const trpc = useTRPC();
  const project = useProject();
  const client = useQueryClient();
  const router = useRouter();
  const path = usePathname();
  const watch = useSearchParams().get('watch');
  const list = useQuery(trpc.monitoring.list.queryOptions({ project: project.name }));
  const deployments = useQuery(trpc.deployments.list.queryOptions({ project: project.name }));
  useLive(['monitor.', 'alert.', 'deployment.'], () =>
    refresh(client, trpc.monitoring.list.queryFilter(), trpc.deployments.list.queryFilter()),
  );
  const watched = new Set(list.data?.map((monitor) => monitor.deployment.id));
  const unwatched = (deployments.data ?? []).filter(({ id }) => !watched.has(id)).map(({ name }) => name);
  const may = project.can('monitor:write') && list.data !== undefined && unwatched.length > 0;
  const open = may && watch !== null;
  const show = (name: string | null) =>
    router.replace(name === null ? path : `${path}?watch=${encodeURIComponent(name)}`, { scroll: false });
  const begin = may && !open && (
    <Button variant="filled" onClick={() => show(unwatched[0] ?? '')}>
      Watch a deployment…
    </Button>
  );
  const form = open && <WatchForm key={watch} deployments={unwatched} initial={watch} onCancel={() => show(null)} />;
  const isEmpty = list.data?.length === 0;
  return (
    <Screen padded={false} head={<PageHead title="Monitoring" actions={(!isEmpty && begin) || undefined} />}>
      {form && <div className={s.inset}>{form}</div>}
      {!(form && isEmpty) && (
        <DataTable
          label="Monitors"
          inset
          rowHeight={36}
          columns={MONITOR_COLUMNS}
          rows={list.data}
          error={list.error}
          onRetry={() => void list.refetch()}
          rowKey={(row) => row.id}
          href={(row) => `/${project.name}/monitoring/${row.name}`}
          empty={<NothingWatched hasDeployments={(deployments.data ?? []).length > 0} action={begin || undefined} />}
        />
      )}
    </Screen>
  );
}

function NothingWatched({ hasDeployments, action }: { hasDeployments: boolean; action: React.ReactNode }) {
  const project = useProject();
  if (hasDeployments) {
    return (
      <EmptyState
        title="Nothing is watched yet"
        explanation={
          project.can('monitor:write')
            ? 'A monitor compares what a deployment is asked, and what it answers, with what its version learned from, and says since when it is different. As outcomes come in, it says whether that matters.'
            : 'A monitor compares what a deployment is asked with what its version learned from. A scientist or a reviewer sets one up here.'
        }
        action={action}
      />
    );
  }
  return (
    <EmptyState
      title="Nothing is watched yet"
      explanation="There is no deployment to watch. Once one answers requests, a monitor tells here what changes, since when, and whether it matters."
      action={
        <Button variant="filled" component={Link} href={`/${project.name}/deployments`}>
          Go to the deployments
        </Button>
      }
    />
  );
}
