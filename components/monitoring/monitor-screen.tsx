'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { refresh } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LoadingRows } from '#components/ui/loading-rows.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen } from '#components/ui/screen.tsx';
import { MonitorActions, MonitorState } from './monitor-head.tsx';
import { MonitorPage } from './monitor-page.tsx';
import s from './monitoring.module.css';
import { shownWindows } from './prepare-range.ts';
import { ThresholdsForm } from './thresholds-form.tsx';
import { useMonitorAddress } from './use-monitor-address.ts';

/** What changed in production, since when, whether it matters, and what to do about it. */
export function MonitorScreen({ monitor: name }: { monitor: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const client = useQueryClient();
  const address = useMonitorAddress();
  const monitor = useQuery(trpc.monitoring.get.queryOptions({ project, monitor: name }));
  useLive(
    ['monitor.', 'alert.'],
    () =>
      refresh(client, trpc.monitoring.get.queryFilter({ project, monitor: name }), trpc.monitoring.distribution.queryFilter()),
    { atMostEveryMs: 2000 },
  );
  const shown = monitor.data ? shownWindows(monitor.data.windows, monitor.data.settings, address) : null;
  return (
    <Screen
      padded={false}
      head={
        <PageHead
          crumbs={[{ label: 'Monitoring', href: `/${project}/monitoring` }]}
          title={name}
          state={monitor.data && <MonitorState monitor={monitor.data} />}
          actions={monitor.data && <MonitorActions monitor={monitor.data} shown={shown} address={address} />}
        />
      }
    >
      <QueryGate
        query={monitor}
        what="The monitor"
        loading={
          <div className={s.loading}>
            <LoadingRows rows={14} what="The monitor …" />
          </div>
        }
      >
        {(data) => (
          <>
            {address.act === 'thresholds' && <ThresholdsForm monitor={data} onClose={() => address.change({ do: null })} />}
            {shown ? (
              <MonitorPage monitor={data} shown={shown} address={address} />
            ) : (
              <EmptyState
                title={data.reference ? 'Nothing was served since it is watched' : 'There is nothing to compare with yet'}
                explanation={
                  data.problem ??
                  `As soon as ${data.deployment.name} is asked something, its requests are compared here with the ${data.reference?.rows ?? 0} rows that v${data.reference?.modelVersion ?? ''} learned from.`
                }
              />
            )}
          </>
        )}
      </QueryGate>
    </Screen>
  );
}
