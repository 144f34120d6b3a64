'use client';
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { Chip } from '#components/ui/chip.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatNumber, formatPercent } from '#components/ui/format.ts';
import type { PredictionRow } from '#server/features/predictions/predictions.schema.ts';
import { OutcomeMark } from './outcome-mark.tsx';
import s from './predictions.module.css';

type Query = {
  data: { pages: { predictions: PredictionRow[] }[] } | undefined;
  error: unknown;
  refetch: () => unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
};
type Props = {
  query: Query;
  hrefOf: (row: PredictionRow) => string;
  clock: 'arrival' | 'event';
  empty: React.ReactNode;
  filtered: boolean;
  onClear: () => void;
};

/** The newest requests first, one line for each instance. */
export function PredictionsTable({ query, hrefOf, clock, empty, filtered, onClear }: Props) {
  const columns = useMemo(() => columnsOf(clock), [clock]);
  const rows = query.data?.pages.flatMap((page) => page.predictions);
  return (
    <>
      <div className={s.table}>
        <DataTable
          label="Predictions"
          columns={columns}
          rows={rows}
          error={query.error}
          onRetry={() => void query.refetch()}
          rowKey={(row) => row.id}
          href={hrefOf}
          inset
          loadingRows={12}
          empty={
            filtered ? (
              <EmptyState
                compact
                title="No request fits."
                explanation="Take a filter away, or look at other days. A request that was answered a moment ago takes about a second to appear."
                action={<Button onClick={onClear}>Clear filters</Button>}
              />
            ) : (
              empty
            )
          }
        />
      </div>
      {rows !== undefined && rows.length > 0 && (
        <div className={s.more}>
          {query.hasNextPage && (
            <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show older
            </Button>
          )}
          <span className="caption num">
            {query.hasNextPage ? `${formatNumber(rows.length)} shown` : `${formatNumber(rows.length)} shown, that is all`}
          </span>
        </div>
      )}
    </>
  );
}

function columnsOf(clock: 'arrival' | 'event'): Column<PredictionRow>[] {
  return [
    {
      id: 'time',
      head: clock === 'event' ? 'Event time' : 'Arrived',
      width: 152,
      cell: (row) => <DateTime at={clock === 'event' ? row.eventTime : row.at} seconds />,
    },
    { id: 'input', head: 'Input', cell: (row) => <span title={row.preview}>{row.preview}</span> },
    { id: 'label', head: 'Answer', width: 104, cell: (row) => <span className="strong">{row.label ?? '–'}</span> },
    {
      id: 'confidence',
      head: 'Confidence',
      width: 88,
      align: 'right',
      cell: (row) => (row.confidence === null ? '–' : formatPercent(row.confidence, 1)),
    },
    { id: 'outcome', head: 'Outcome', width: 152, cell: (row) => <OutcomeMark {...row} /> },
    {
      id: 'version',
      head: 'Version',
      width: 176,
      cell: (row) => (
        <>
          {row.model} <span className="num">v{row.version}</span> {row.arm === 'canary' && <Chip tone="accent">canary</Chip>}
        </>
      ),
    },
    {
      id: 'latency',
      head: 'Time',
      width: 80,
      align: 'right',
      hideBelow: 1280,
      cell: (row) => `${formatNumber(row.latencyMs, 1)} ms`,
    },
    {
      id: 'request',
      head: 'Request',
      width: 168,
      mono: true,
      hideBelow: 1440,
      cell: (row) => <span title={row.requestId}>{row.index > 0 ? `${row.requestId} #${row.index}` : row.requestId}</span>,
    },
  ];
}
