import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { DriftPill } from './drift-state.tsx';
import type { MonitorRow } from './types.ts';

const SEVERITY = { drift: 3, possible: 2, no: 1, unknown: 0 };

/** What the list of monitors shows of each. */
export const MONITOR_COLUMNS: Column<MonitorRow>[] = [
  { id: 'name', head: 'Watches', width: 168, cell: (row) => row.name, sort: (row) => row.name },
  {
    id: 'state',
    head: 'State',
    width: 128,
    cell: (row) => <DriftPill state={row.current.state} />,
    sort: (row) => SEVERITY[row.current.state],
  },
  {
    id: 'finding',
    head: 'Finding',
    cell: (row) => (
      <span className="truncate" title={`${row.current.sentence} ${row.current.explanation}`}>
        {row.current.sentence}
      </span>
    ),
  },
  {
    id: 'subjects',
    head: 'Subjects',
    width: 176,
    hideBelow: 1280,
    title: 'How many of the watched subjects are in which state',
    cell: ({ current: { counts } }) => (
      <span className="num">
        <span className={counts.drift > 0 ? 'bad' : 'ink-3'}>{counts.drift} drift</span> ·{' '}
        <span className={counts.possible > 0 ? 'warn' : 'ink-3'}>{counts.possible} possible</span>{' '}
        <span className="ink-3">· {counts.no} no</span>
      </span>
    ),
    sort: (row) => row.current.counts.drift * 1000 + row.current.counts.possible,
  },
  {
    id: 'alerts',
    head: 'Alerts',
    align: 'right',
    width: 72,
    cell: (row) => <span className={row.openAlerts > 0 ? 'bad strong' : 'ink-3'}>{row.openAlerts}</span>,
    sort: (row) => row.openAlerts,
  },
  { id: 'rows', head: 'Requests', align: 'right', cell: (row) => formatNumber(row.rows, 0), sort: (row) => row.rows },
  { id: 'window', head: 'By', width: 64, cell: (row) => row.settings.window, hideBelow: 1100 },
  {
    id: 'computed',
    head: 'Computed',
    width: 112,
    cell: (row) => (row.computedAt ? <RelativeTime at={row.computedAt} /> : <span className="ink-3">not yet</span>),
    sort: (row) => row.computedAt,
  },
];
