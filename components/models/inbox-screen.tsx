'use client';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { Screen, Section } from '#components/ui/screen.tsx';
import type { RequestSummary } from '#server/features/models/models.schema.ts';
import { RequestState } from './request-state.tsx';
import { useModelsLive } from './use-models-live.ts';

const COLUMNS: Column<RequestSummary>[] = [
  {
    id: 'what',
    head: 'Request',
    cell: (row) => `${row.model} v${row.number} to ${row.targetStage}`,
    sort: (row) => row.model,
    width: 240,
  },
  { id: 'state', head: 'State', cell: (row) => <RequestState request={row} />, sort: (row) => row.status, width: 230 },
  { id: 'reason', head: 'Reason', cell: (row) => <span className="ink-2 truncate">{row.reason}</span>, hideBelow: 1280 },
  { id: 'who', head: 'Asked by', cell: (row) => row.requestedByName, sort: (row) => row.requestedByName, width: 140 },
  { id: 'when', head: 'When', cell: (row) => <RelativeTime at={row.requestedAt} />, sort: (row) => row.requestedAt, width: 120 },
];
const ENDED: Column<RequestSummary>[] = [
  ...COLUMNS.filter(({ id }) => id !== 'reason'),
  {
    id: 'decision',
    head: 'Decided',
    cell: (row) => (
      <span className="ink-2 truncate">
        {row.decidedByName ? `${row.decidedByName}: ${row.decisionReason ?? ''}` : (row.error ?? '–')}
      </span>
    ),
    hideBelow: 1100,
  },
];

/** All promotion requests: those that wait for a decision first. */
export function InboxScreen() {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.promotions.list.queryOptions({ project }));
  useModelsLive();
  const table = (label: string, rows: RequestSummary[] | undefined, columns: Column<RequestSummary>[], empty: string) => (
    <DataTable
      label={label}
      loadingRows={2}
      rowHeight={36}
      columns={columns}
      rows={rows}
      error={query.error}
      onRetry={() => void query.refetch()}
      rowKey={(row) => row.id}
      href={(row) => `/${project}/models/requests/${row.id}`}
      empty={<EmptyState compact title={empty} explanation="Requests are made on the page of a model version." />}
    />
  );
  const data = query.data;
  return (
    <Screen padded={false} head={<PageHead crumbs={[{ label: 'Models', href: `/${project}/models` }]} title="Promotion inbox" />}>
      <Section padded title="Waiting for a decision" caption={data ? String(data.waiting.length) : undefined}>
        {table('Waiting for a decision', data?.waiting, COLUMNS, 'Nothing waits for a decision.')}
      </Section>
      {!query.error && (
        <>
          <Section padded divided title="Under way" caption="evidence being prepared, or approved and being rolled out">
            {table('Under way', data?.under, COLUMNS, 'Nothing is under way.')}
          </Section>
          <Section padded divided title="Decided">
            {table('Decided', data?.ended, ENDED, 'Nothing has been decided yet.')}
          </Section>
        </>
      )}
    </Screen>
  );
}
