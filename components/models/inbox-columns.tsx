import { Chip } from '#components/ui/chip.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { formatCount } from '#components/ui/format.ts';
import type { RequestItem } from '#server/features/models/promotions.schema.ts';
import type { Box } from './inbox-filter.ts';
import { RequestState } from './request-state.tsx';

const what: Column<RequestItem> = {
  id: 'what',
  head: 'Request',
  cell: (row) => `${row.model} v${row.number} to ${row.targetStage}`,
  sort: (row) => row.model,
  width: 240,
};
const state: Column<RequestItem> = {
  id: 'state',
  head: 'State',
  cell: (row) => (
    <>
      {row.emergency && <Chip tone="bad">emergency</Chip>} <RequestState request={row} />
    </>
  ),
  sort: (row) => row.status,
  width: 270,
};
const reason: Column<RequestItem> = {
  id: 'reason',
  head: 'Why',
  cell: (row) => (
    <span className="ink-2 truncate">
      {row.openThreads > 0 && `${formatCount(row.openThreads, 'open thread')} · `}
      {row.reason}
    </span>
  ),
  hideBelow: 1280,
};
const who: Column<RequestItem> = {
  id: 'who',
  head: 'Asked by',
  cell: (row) => row.requestedByName,
  sort: (row) => row.requestedByName,
  width: 140,
};
const when: Column<RequestItem> = {
  id: 'when',
  head: 'When',
  cell: (row) => <RelativeTime at={row.requestedAt} />,
  sort: (row) => row.requestedAt,
  width: 120,
};
const ends: Column<RequestItem> = {
  id: 'ends',
  head: 'Ends',
  cell: (row) => (row.expiresAt ? <RelativeTime at={row.expiresAt} /> : <span className="ink-3">–</span>),
  sort: (row) => row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
  width: 110,
  hideBelow: 1100,
};
const waitsFor: Column<RequestItem> = {
  id: 'waits',
  head: 'With',
  cell: (row) => <span className="ink-2 truncate">{row.waitsFor.join(', ') || '–'}</span>,
  hideBelow: 1280,
};
const due: Column<RequestItem> = {
  id: 'due',
  head: 'Review due',
  cell: (row) => (row.review ? <RelativeTime at={row.review.dueAt} /> : '–'),
  sort: (row) => row.review?.dueAt ?? 0,
  width: 130,
};
const decided: Column<RequestItem> = {
  id: 'decision',
  head: 'Decided',
  cell: (row) => (
    <span className="ink-2 truncate">
      {row.decidedByName ? `${row.decidedByName}: ${row.decisionReason ?? ''}` : (row.error ?? '–')}
    </span>
  ),
  hideBelow: 1100,
};

export const COLUMNS: Record<Box, Column<RequestItem>[]> = {
  mine: [what, state, reason, who, when, ends],
  asked: [what, state, waitsFor, when, ends],
  others: [what, state, waitsFor, who, when],
  reviews: [what, state, decided, due],
  ended: [what, state, who, when, decided],
};
