'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Section } from '#components/ui/screen.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { QueueRow } from '#server/features/system/system.schema.ts';
import s from './admin.module.css';

type Failure = { id: string; name: string; at: Date; error: string };

const QUEUES: Column<QueueRow>[] = [
  { id: 'name', head: 'Queue', sort: (row) => row.name, cell: (row) => <span className="mono">{row.name}</span> },
  { id: 'waiting', head: 'Waiting', align: 'right', sort: (row) => row.waiting, cell: (row) => row.waiting },
  { id: 'active', head: 'Running', align: 'right', sort: (row) => row.active, cell: (row) => row.active },
  {
    id: 'failed',
    head: 'Failed',
    align: 'right',
    sort: (row) => row.failed,
    cell: (row) => <span className={row.failed > 0 ? 'bad' : undefined}>{row.failed}</span>,
  },
  { id: 'done', head: 'Done', align: 'right', sort: (row) => row.done, cell: (row) => row.done },
  {
    id: 'oldest',
    head: 'Oldest waits since',
    width: 144,
    sort: (row) => row.oldestWaitingAt,
    cell: (row) =>
      row.oldestWaitingAt ? <RelativeTime at={row.oldestWaitingAt} /> : <span className="ink-3">nothing waits</span>,
  },
];

const FAILURES: Column<Failure>[] = [
  { id: 'name', head: 'Queue', width: 200, cell: (row) => <span className="mono">{row.name}</span> },
  { id: 'error', head: 'Reason', cell: (row) => row.error },
  { id: 'at', head: 'When', width: 112, cell: (row) => <RelativeTime at={row.at} /> },
];

/** What the worker has to do, does, and could not do. */
export function QueueTab() {
  const trpc = useTRPC();
  const query = useQuery(trpc.system.queue.queryOptions(undefined, { refetchInterval: 10_000 }));
  const failures = query.data?.failures ?? [];
  return (
    <>
      <Section padded title="Queue" caption="jobs of the worker; read again every 10 s">
        {null}
      </Section>
      <div className={s.table}>
        <DataTable
          label="Queues"
          columns={QUEUES}
          rows={query.data?.queues}
          error={query.error}
          onRetry={() => void query.refetch()}
          rowKey={(row) => row.name}
          inset
          empty={
            <EmptyState
              compact
              title="No job yet."
              explanation="Imports, trainings, evaluations and monitors run as jobs of the worker, and are counted here."
            />
          }
        />
      </div>
      {query.data && failures.length === 0 && (
        <Section padded>
          <StatePill state="done">No job has failed.</StatePill>
        </Section>
      )}
      {failures.length > 0 && (
        <>
          <Section padded title="The last failures">
            {null}
          </Section>
          <div className={s.table}>
            <DataTable label="Failed jobs" columns={FAILURES} rows={failures} rowKey={(row) => row.id} inset rowHeight={36} />
          </div>
        </>
      )}
    </>
  );
}
