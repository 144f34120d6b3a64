'use client';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { formatDuration, formatNumber } from '#components/ui/format.ts';
import type { Team } from '#server/features/labeling/queue.schema.ts';

type Person = Team['people'][number];

const COLUMNS: Column<Person>[] = [
  { id: 'name', head: 'Who', cell: (row) => row.name, sort: (row) => row.name },
  { id: 'done', head: 'Answered', align: 'right', cell: (row) => formatNumber(row.done), sort: (row) => row.done, width: 76 },
  {
    id: 'skipped',
    head: 'Skipped',
    align: 'right',
    cell: (row) => formatNumber(row.skipped),
    sort: (row) => row.skipped,
    width: 68,
    hideBelow: 1280,
  },
  {
    id: 'pace',
    head: 'Time each',
    align: 'right',
    cell: (row) => formatDuration(row.medianMs),
    sort: (row) => row.medianMs,
    width: 88,
    title: 'Median time for one item',
  },
  {
    id: 'holding',
    head: 'In hand',
    align: 'right',
    cell: (row) => formatNumber(row.holding),
    sort: (row) => row.holding,
    width: 68,
    hideBelow: 1440,
  },
  {
    id: 'last',
    head: 'Last answer',
    cell: (row) => (row.lastAnswerAt ? <RelativeTime at={row.lastAnswerAt} /> : <span className="ink-3">–</span>),
    sort: (row) => row.lastAnswerAt,
    width: 96,
  },
];

/** Who answered how much, how fast, and who is at it now. */
export function TeamTable({ people }: { people: Person[] }) {
  if (people.length === 0) return <p className="ink-2">Nobody has opened the queue yet.</p>;
  return (
    <DataTable label="Team" columns={COLUMNS} rows={people} rowKey={(row) => row.id} initialSort={{ id: 'done', desc: true }} />
  );
}
