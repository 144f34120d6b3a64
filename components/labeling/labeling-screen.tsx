'use client';
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { refresh } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatDuration, formatNumber } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { Screen } from '#components/ui/screen.tsx';
import type { LabelingSummary } from '#server/features/labeling/labeling.schema.ts';
import { LabelingProgress } from './labeling-progress.tsx';
import { LabelingState } from './labeling-state.tsx';

const BASE: Column<LabelingSummary>[] = [
  { id: 'name', head: 'Name', cell: (row) => row.name, sort: (row) => row.name },
  { id: 'question', head: 'Question', cell: (row) => <span className="ink-2">{row.question}</span>, hideBelow: 1280 },
  {
    id: 'progress',
    head: 'Answered',
    cell: (row) => <LabelingProgress counts={row.counts} name={row.name} />,
    sort: (row) => row.counts.done,
    width: 236,
  },
  { id: 'state', head: 'State', cell: (row) => <LabelingState labeling={row} />, sort: (row) => row.status, width: 160 },
];
const OWN: Column<LabelingSummary>[] = [
  { id: 'mine', head: 'By you', align: 'right', cell: (row) => formatNumber(row.mine), sort: (row) => row.mine },
];
const TEAM: Column<LabelingSummary>[] = [
  {
    id: 'pace',
    head: 'Time each',
    align: 'right',
    cell: (row) => formatDuration(row.team?.medianMs),
    sort: (row) => row.team?.medianMs,
    width: 96,
    title: 'Median time for one item',
  },
  {
    id: 'hour',
    head: 'Last hour',
    align: 'right',
    cell: (row) => formatNumber(row.team?.answeredLastHour),
    sort: (row) => row.team?.answeredLastHour,
    hideBelow: 1280,
  },
  {
    id: 'who',
    head: 'Who',
    cell: (row) => row.team?.people.join(', ') || <span className="ink-3">nobody yet</span>,
    hideBelow: 1100,
  },
  {
    id: 'last',
    head: 'Last answer',
    cell: (row) => (row.team?.lastAnswerAt ? <RelativeTime at={row.team.lastAnswerAt} /> : <span className="ink-3">–</span>),
    sort: (row) => row.team?.lastAnswerAt,
    width: 112,
    hideBelow: 1280,
  },
];

/** All labeling projects: how far they are, how fast, and who. */
export function LabelingScreen() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const project = useProject();
  const list = useQuery(trpc.labeling.list.queryOptions({ project: project.name }));
  useLive(['label.'], () => refresh(queries, trpc.labeling.list.queryFilter({ project: project.name })), {
    atMostEveryMs: 1000,
  });
  const seesTeam = list.data?.some((row) => row.team !== null) ?? false;
  const columns = useMemo(() => [...BASE, ...(seesTeam ? TEAM : OWN)], [seesTeam]);
  const path = `/${project.name}/labeling`;
  const create = project.can('label:manage') && (
    <Button variant="filled" component={Link} href={`${path}/new`}>
      New labeling project…
    </Button>
  );
  return (
    <Screen padded={false} head={<PageHead title="Labeling" actions={(list.data?.length ? create : null) || undefined} />}>
      <DataTable
        label="Labeling projects"
        inset
        rowHeight={36}
        columns={columns}
        rows={list.data}
        error={list.error}
        onRetry={() => void list.refetch()}
        rowKey={(row) => row.id}
        href={(row) => `${path}/${row.name}`}
        actions={(row) =>
          row.status === 'active' &&
          row.counts.open > 0 &&
          project.can('label:write') && (
            <Button size="xs" component={Link} href={`${path}/${row.name}/work`}>
              Label
            </Button>
          )
        }
        empty={
          <EmptyState
            title="Nothing to label yet"
            explanation={
              project.can('label:manage')
                ? 'A labeling project is a question about rows of a dataset: people answer it one item after another, and their labels become a new version of the dataset.'
                : 'When somebody asks a question about rows of a dataset, it appears here, and you answer it one item after another.'
            }
            action={create || undefined}
          />
        }
      />
    </Screen>
  );
}
