'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { Section } from '#components/ui/screen.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { ProcessRow } from '#server/features/system/system.schema.ts';
import s from './admin.module.css';
import { infoLines } from './process-info.ts';

const EVERY_MS = 10_000;

const COLUMNS: Column<ProcessRow>[] = [
  { id: 'kind', head: 'Process', width: 112, sort: (row) => row.kind, cell: (row) => <span className="strong">{row.kind}</span> },
  {
    id: 'state',
    head: 'State',
    width: 104,
    sort: (row) => row.alive,
    cell: (row) => (row.alive ? <StatePill state="live">alive</StatePill> : <StatePill state="lost">not heard</StatePill>),
  },
  { id: 'pid', head: 'Pid', width: 72, align: 'right', sort: (row) => row.pid, cell: (row) => row.pid },
  { id: 'host', head: 'Host', cell: (row) => row.host, hideBelow: 1280 },
  {
    id: 'memory',
    head: 'Memory',
    width: 88,
    align: 'right',
    sort: (row) => row.memoryMb,
    cell: (row) => (row.memoryMb === null ? '–' : formatBytes(row.memoryMb * 1024 ** 2)),
  },
  {
    id: 'started',
    head: 'Started',
    width: 112,
    sort: (row) => row.startedAt,
    cell: (row) => <RelativeTime at={row.startedAt} />,
  },
  {
    id: 'heard',
    head: 'Last heard',
    width: 112,
    sort: (row) => row.heartbeatAt,
    cell: (row) => <RelativeTime at={row.heartbeatAt} />,
  },
];

/** Every process of this installation that was heard of in the last hour. */
export function ProcessesTab() {
  const trpc = useTRPC();
  const query = useQuery(trpc.system.processes.queryOptions(undefined, { refetchInterval: EVERY_MS }));
  return (
    <>
      <Section padded title="Processes" caption="heard of in the last hour; read again every 10 s">
        {null}
      </Section>
      <div className={s.table}>
        <DataTable
          label="Processes"
          columns={COLUMNS}
          rows={query.data?.processes}
          error={query.error}
          onRetry={() => void query.refetch()}
          rowKey={(row) => row.id}
          inset
          below={(row) => (infoLines(row.info).length > 0 ? <Info info={row.info} /> : null)}
          empty={
            <EmptyState
              compact
              title="No process has reported."
              explanation="Each writes a row when it starts. If you read this, the console runs without one: look into its log."
            />
          }
        />
      </div>
    </>
  );
}

function Info({ info }: { info: ProcessRow['info'] }) {
  return (
    <div className={s.info}>
      {infoLines(info).map(([name, value]) => (
        <span key={name} className="caption">
          {name} <span className="mono">{value}</span>
        </span>
      ))}
    </div>
  );
}
