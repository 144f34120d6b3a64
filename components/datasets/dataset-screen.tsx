'use client';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatBytes, formatNumber } from '#components/ui/format.ts';
import { PageHead } from '#components/ui/page-head.tsx';
import { Screen, Section } from '#components/ui/screen.tsx';
import type { VersionSummary } from '#server/features/datasets/versions.schema.ts';
import { useDatasetEvents } from './use-dataset-events.ts';
import { VersionState } from './version-state.tsx';

const COLUMNS: Column<VersionSummary>[] = [
  { id: 'number', head: 'Version', cell: (row) => `v${row.number}`, sort: (row) => row.number, width: 88 },
  { id: 'difference', head: 'What made it', cell: (row) => row.difference },
  { id: 'note', head: 'Note', cell: (row) => <span className="ink-2">{row.note || row.error}</span>, hideBelow: 1100 },
  { id: 'state', head: 'State', cell: (row) => <VersionState version={row} />, width: 136 },
  { id: 'rows', head: 'Rows', align: 'right', cell: (row) => formatNumber(row.rowCount), sort: (row) => row.rowCount },
  {
    id: 'quarantine',
    head: 'Quarantine',
    align: 'right',
    cell: (row) => formatNumber(row.quarantinedCount),
    width: 96,
    hideBelow: 1280,
  },
  { id: 'bytes', head: 'Size', align: 'right', cell: (row) => formatBytes(row.bytes), hideBelow: 1280 },
  {
    id: 'by',
    head: 'By',
    cell: (row) => row.createdBy ?? <span className="ink-3">Stagecraft</span>,
    width: 136,
    hideBelow: 1280,
  },
  { id: 'at', head: 'Made', cell: (row) => <RelativeTime at={row.createdAt} />, sort: (row) => row.createdAt, width: 112 },
];

/** One dataset: its versions, and putting it away. */
export function DatasetScreen({ dataset }: { dataset: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const project = useProject();
  const found = useQuery(trpc.datasets.get.queryOptions({ project: project.name, dataset }));
  useDatasetEvents();
  const archive = useMutation(
    trpc.datasets.archive.mutationOptions({
      onSuccess: (_, input) => {
        void queries.invalidateQueries({ queryKey: trpc.datasets.pathKey() });
        notifications.show({
          message: input.archived ? `${dataset} is archived. Its versions stay readable.` : `${dataset} is back.`,
        });
      },
    }),
  );
  const path = `/${project.name}/datasets`;
  const isArchived = found.data?.archivedAt != null;
  const actions =
    project.can('data:write') && found.data ? (
      <Button
        loading={archive.isPending}
        onClick={() => archive.mutate({ project: project.name, dataset, archived: !isArchived })}
      >
        {isArchived ? 'Take it back' : 'Archive it'}
      </Button>
    ) : undefined;
  return (
    <Screen
      padded={false}
      head={
        <PageHead
          crumbs={[{ label: 'Data', href: path }]}
          title={dataset}
          state={isArchived ? <Chip>archived</Chip> : undefined}
          actions={actions}
        />
      }
    >
      {archive.error && <ErrorLine error={archive.error} />}
      {found.data?.description && (
        <Section padded>
          <p className="explain">{found.data.description}</p>
        </Section>
      )}
      <DataTable
        label="Versions"
        inset
        columns={COLUMNS}
        rows={found.data?.versions}
        error={found.error}
        onRetry={() => void found.refetch()}
        rowKey={(row) => row.id}
        href={(row) => `${path}/${dataset}/${row.number}`}
      />
    </Screen>
  );
}
