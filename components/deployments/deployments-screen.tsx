'use client';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { formatPercent } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { Screen } from '#components/ui/screen.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { DeploymentSummary } from '#server/features/deployments/deployments.schema.ts';
import { FirstDeployment } from './first-deployment.tsx';
import { useDeploymentsLive } from './use-deployments-live.ts';

const COLUMNS: Column<DeploymentSummary>[] = [
  { id: 'name', head: 'Deployment', cell: (row) => row.name, sort: (row) => row.name },
  { id: 'model', head: 'Model', cell: (row) => row.model, sort: (row) => row.model },
  {
    id: 'primary',
    head: 'Answers',
    cell: (row) =>
      row.primary ? <span className="strong">v{row.primary.number}</span> : <span className="ink-3">nothing yet</span>,
    sort: (row) => row.primary?.number,
  },
  {
    id: 'since',
    head: 'Since',
    cell: (row) => (row.primarySince ? <RelativeTime at={row.primarySince} /> : <span className="ink-3">–</span>),
    sort: (row) => row.primarySince,
  },
  { id: 'rollout', head: 'Rollout', cell: (row) => <RolloutCell row={row} />, sort: (row) => row.rollout?.startedAt, width: 260 },
  { id: 'made', head: 'Made', cell: (row) => <RelativeTime at={row.createdAt} />, sort: (row) => row.createdAt, hideBelow: 1280 },
];

/** Everything that programs can call; without any, the way to the first. */
export function DeploymentsScreen() {
  const trpc = useTRPC();
  const project = useProject();
  const list = useQuery(trpc.deployments.list.queryOptions({ project: project.name }));
  useDeploymentsLive();
  const path = `/${project.name}/deployments`;
  const none = list.data?.length === 0;
  return (
    <Screen
      padded={false}
      head={
        <PageHead
          title="Deployments"
          actions={
            !none &&
            project.can('deployment:write') && (
              <Button component={Link} href={`${path}/new`} variant="filled">
                New deployment…
              </Button>
            )
          }
        />
      }
    >
      {none ? (
        <FirstDeployment />
      ) : (
        <DataTable
          label="Deployments"
          inset
          rowHeight={36}
          columns={COLUMNS}
          rows={list.data}
          error={list.error}
          onRetry={() => void list.refetch()}
          rowKey={(row) => row.id}
          href={(row) => `${path}/${row.name}`}
        />
      )}
    </Screen>
  );
}

function RolloutCell({ row }: { row: DeploymentSummary }) {
  const { rollout } = row;
  if (!rollout) return <span className="ink-3">–</span>;
  return (
    <StatePill state={rollout.status === 'paused' ? 'paused' : 'live'}>
      v{rollout.candidate.number} gets {formatPercent(rollout.weight, 0)}
      {rollout.status === 'paused' ? ', paused' : ''}
    </StatePill>
  );
}
