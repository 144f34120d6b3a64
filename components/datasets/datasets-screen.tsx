'use client';
import { Button, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatBytes, formatNumber } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { Screen, Toolbar } from '#components/ui/screen.tsx';
import type { DatasetRow } from '#server/features/datasets/datasets.schema.ts';
import { useDatasetEvents } from './use-dataset-events.ts';
import { VersionState } from './version-state.tsx';

const NONE = <span className="ink-3">–</span>;

const COLUMNS: Column<DatasetRow>[] = [
  { id: 'name', head: 'Name', cell: (row) => row.name, sort: (row) => row.name },
  {
    id: 'latest',
    head: 'Newest version',
    cell: (row) =>
      row.latest ? (
        <>
          v{row.latest.number} <span className="ink-3">{row.latest.difference}</span>
        </>
      ) : (
        NONE
      ),
    sort: (row) => row.latest?.number,
  },
  { id: 'state', head: 'State', cell: (row) => (row.latest ? <VersionState version={row.latest} /> : NONE), width: 136 },
  {
    id: 'rows',
    head: 'Rows',
    align: 'right',
    cell: (row) => formatNumber(row.latest?.rowCount),
    sort: (row) => row.latest?.rowCount,
  },
  {
    id: 'quarantine',
    head: 'Quarantine',
    align: 'right',
    cell: (row) => formatNumber(row.latest?.quarantinedCount),
    sort: (row) => row.latest?.quarantinedCount,
    width: 96,
    hideBelow: 1100,
  },
  {
    id: 'bytes',
    head: 'Size',
    align: 'right',
    cell: (row) => formatBytes(row.latest?.bytes),
    sort: (row) => row.latest?.bytes,
    hideBelow: 1280,
  },
  {
    id: 'versions',
    head: 'Versions',
    align: 'right',
    cell: (row) => row.versionCount,
    sort: (row) => row.versionCount,
    hideBelow: 1100,
  },
  {
    id: 'changed',
    head: 'Changed',
    cell: (row) => <RelativeTime at={row.latest?.readyAt ?? row.latest?.createdAt ?? row.createdAt} />,
    sort: (row) => row.latest?.createdAt ?? row.createdAt,
    width: 112,
  },
];

/** All datasets of the project with their newest version. */
export function DatasetsScreen() {
  const trpc = useTRPC();
  const router = useRouter();
  const project = useProject();
  const archived = useSearchParams().get('archived') === '1';
  const list = useQuery(trpc.datasets.list.queryOptions({ project: project.name, archived }));
  useDatasetEvents();
  const path = `/${project.name}/datasets`;
  const create = project.can('data:write') ? (
    <Button variant="filled" component={Link} href={`${path}/new`}>
      New dataset…
    </Button>
  ) : undefined;
  return (
    <Screen padded={false} head={<PageHead title="Data" actions={create} />}>
      <Toolbar inset label="Which datasets">
        <Switch
          size="xs"
          label="Archived datasets"
          checked={archived}
          onChange={(event) => router.replace(event.currentTarget.checked ? `${path}?archived=1` : path)}
        />
      </Toolbar>
      <DataTable
        label="Datasets"
        inset
        rowHeight={36}
        columns={COLUMNS}
        rows={list.data}
        error={list.error}
        onRetry={() => void list.refetch()}
        rowKey={(row) => row.id}
        href={(row) => (row.latest ? `${path}/${row.name}/${row.latest.number}` : `${path}/${row.name}`)}
        empty={archived ? <NoArchived /> : <NoDatasets create={create} canWrite={project.can('data:write')} />}
      />
    </Screen>
  );
}

function NoArchived() {
  return (
    <EmptyState
      compact
      title="Nothing is archived"
      explanation="Datasets that are archived leave the list and can be taken back from here."
    />
  );
}

function NoDatasets({ create, canWrite }: { create: React.ReactNode; canWrite: boolean }) {
  return (
    <EmptyState
      title="There is no data yet"
      explanation={
        canWrite
          ? 'A dataset is a table that you train on, in versions that never change. Begin with a CSV, JSON Lines or Parquet file, or with a tar of raw mails.'
          : 'A dataset is a table that models are trained on, in versions that never change. When a scientist makes one, it appears here.'
      }
      action={create}
    />
  );
}
