'use client';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { CountPill } from '#components/ui/chip.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { Screen } from '#components/ui/screen.tsx';
import { StagePips } from '#components/ui/stage-pips.tsx';
import type { ModelSummary } from '#server/features/models/models.schema.ts';
import { useModelsLive } from './use-models-live.ts';

const COLUMNS: Column<ModelSummary>[] = [
  { id: 'name', head: 'Model', cell: (row) => row.name, sort: (row) => row.name },
  { id: 'description', head: 'For', cell: (row) => <span className="ink-2">{row.description || '–'}</span>, hideBelow: 1280 },
  {
    id: 'production',
    head: 'In production',
    cell: (row) =>
      row.production ? (
        <>
          <span className="strong">v{row.production.number}</span>{' '}
          {row.production.since && (
            <span className="ink-3">
              since <RelativeTime at={row.production.since} />
            </span>
          )}
        </>
      ) : (
        <span className="ink-3">nothing yet</span>
      ),
    sort: (row) => row.production?.since,
  },
  {
    id: 'latest',
    head: 'Newest version',
    cell: (row) =>
      row.latest ? (
        <>
          v{row.latest.number} <StagePips stage={row.latest.stage} word />
        </>
      ) : (
        <span className="ink-3">none</span>
      ),
    sort: (row) => row.latest?.createdAt,
  },
  {
    id: 'deployments',
    head: 'Answers as',
    cell: (row) => row.deployments.join(', ') || <span className="ink-3">–</span>,
    hideBelow: 1100,
  },
  {
    id: 'requests',
    head: 'Requests',
    align: 'right',
    cell: (row) => (row.openRequests > 0 ? <CountPill count={row.openRequests} /> : <span className="ink-3">0</span>),
    sort: (row) => row.openRequests,
  },
];

/** All models: what is in production, what is newest, who asks for what. */
export function ModelsScreen() {
  const trpc = useTRPC();
  const project = useProject();
  const list = useQuery(trpc.models.list.queryOptions({ project: project.name }));
  useModelsLive();
  const path = `/${project.name}/models`;
  const register = project.can('model:write') && (
    <Button component={Link} href={`${path}/new`} variant="filled">
      Register a version…
    </Button>
  );
  return (
    <Screen
      padded={false}
      head={
        <PageHead
          title="Models"
          actions={
            <>
              <Button component={Link} href={`${path}/inbox`}>
                Promotion inbox
              </Button>
              {list.data?.length !== 0 && register}
            </>
          }
        />
      }
    >
      <DataTable
        label="Models"
        inset
        rowHeight={36}
        columns={COLUMNS}
        rows={list.data}
        error={list.error}
        onRetry={() => void list.refetch()}
        rowKey={(row) => row.id}
        href={(row) => `${path}/${row.name}`}
        empty={
          <EmptyState
            title="No model is registered yet"
            explanation={
              project.can('model:write')
                ? 'A model is a name; its versions are graphs with a history. Register the best run of an experiment as version 1, or upload an ONNX file of your own. Then ask for its promotion.'
                : 'A model is a name; its versions are graphs with a history. When a scientist registers the best run of an experiment, it appears here.'
            }
            action={register || undefined}
            other={
              <Button component={Link} href={`/${project.name}/experiments`} variant="subtle">
                Look at the runs
              </Button>
            }
          />
        }
      />
    </Screen>
  );
}
