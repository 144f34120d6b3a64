'use client';
import { Button, SegmentedControl, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { LabelChip } from '#components/ui/chip.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount, formatDuration, formatNumber } from '#components/ui/format.ts';
import { Section, Spacer, Toolbar } from '#components/ui/screen.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { LabelingDetail } from '#server/features/labeling/labeling.schema.ts';
import type { ItemRow } from '#server/features/labeling/queue.schema.ts';
import { itemState } from '#server/features/labeling/queue.schema.ts';
import { arrangeItem, shown } from './arrange.ts';

const PAGE = 50;
const STATES = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Waiting' },
  { value: 'leased', label: 'In hand' },
  { value: 'done', label: 'Answered' },
  { value: 'skipped', label: 'Skipped' },
];

function columnsOf(labeling: LabelingDetail): Column<ItemRow>[] {
  const colors = new Map(labeling.labels.map((label) => [label.name, label.color]));
  return [
    { id: 'position', head: 'Item', align: 'right', cell: (row) => formatNumber(row.position), width: 56 },
    { id: 'text', head: 'What', cell: (row) => <ItemText labeling={labeling} row={row} /> },
    { id: 'state', head: 'State', cell: (row) => <ItemState row={row} colors={colors} />, width: 144 },
    { id: 'by', head: 'Who', cell: (row) => row.by ?? <span className="ink-3">–</span>, width: 112, hideBelow: 1280 },
    { id: 'took', head: 'Took', align: 'right', cell: (row) => formatDuration(row.durationMs), width: 72, hideBelow: 1440 },
    {
      id: 'at',
      head: 'When',
      cell: (row) => (row.at ? <RelativeTime at={row.at} /> : <span className="ink-3">–</span>),
      width: 96,
      hideBelow: 1440,
    },
  ];
}

/** The queue, item by item, with its filter in the address. */
export function ItemsTable({ labeling }: { labeling: LabelingDetail }) {
  const trpc = useTRPC();
  const project = useProject();
  const params = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const state = itemState.safeParse(params.get('state')).data;
  const label = params.get('label') ?? undefined;
  const offset = Math.max(0, Number(params.get('from') ?? 0) || 0);
  const items = useQuery({
    ...trpc.labeling.items.queryOptions({ project: project.name, labeling: labeling.name, state, label, offset, limit: PAGE }),
    placeholderData: keepPreviousData,
  });
  const putBack = useMutation(
    trpc.labeling.returnItem.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: 'Back in the queue.' });
        return items.refetch();
      },
    }),
  );
  const columns = useMemo(() => columnsOf(labeling), [labeling]);
  const go = (change: Record<string, string | null>) => {
    const next = new URLSearchParams(params);
    for (const [key, value] of Object.entries({ from: null, ...change }))
      value === null ? next.delete(key) : next.set(key, value);
    router.replace(`${path}?${next}`, { scroll: false });
  };
  const total = items.data?.total ?? 0;
  const canReturn = project.can('label:manage') && labeling.status === 'active';
  return (
    <Section title="Items" caption={items.data ? formatCount(total, 'item') : undefined} divided>
      <Toolbar label="Filter of the items">
        <SegmentedControl
          aria-label="State"
          data={STATES}
          value={state ?? 'all'}
          onChange={(value) => go({ state: value === 'all' ? null : value })}
        />
        <Select
          aria-label="Label"
          placeholder="Any label"
          clearable
          w={160}
          data={labeling.labels.map((one) => one.name)}
          value={label ?? null}
          onChange={(value) => go({ label: value })}
        />
        <Spacer />
        {total > PAGE && (
          <>
            <span className="caption num">
              {formatNumber(offset + 1)} to {formatNumber(Math.min(offset + PAGE, total))}
            </span>
            <Button size="xs" disabled={offset === 0} onClick={() => go({ from: offset > PAGE ? String(offset - PAGE) : null })}>
              Back
            </Button>
            <Button size="xs" disabled={offset + PAGE >= total} onClick={() => go({ from: String(offset + PAGE) })}>
              Next
            </Button>
          </>
        )}
      </Toolbar>
      {putBack.error && <ErrorLine error={putBack.error} />}
      <DataTable
        label="Items"
        columns={columns}
        rows={items.data?.rows}
        error={items.error}
        onRetry={() => void items.refetch()}
        rowKey={(row) => row.id}
        actionsWidth={88}
        actions={
          canReturn
            ? (row) =>
                (row.state === 'done' || row.state === 'skipped') && (
                  <Button
                    size="xs"
                    loading={putBack.isPending && putBack.variables.itemId === row.id}
                    onClick={() => putBack.mutate({ project: project.name, labeling: labeling.name, itemId: row.id })}
                  >
                    Put back
                  </Button>
                )
            : undefined
        }
        empty={<p className="ink-2">No item is like this.</p>}
      />
    </Section>
  );
}

function ItemText({ labeling, row }: { labeling: LabelingDetail; row: ItemRow }) {
  const { title, body } = arrangeItem(labeling.columns, row.data);
  const words = title || body.map((field) => shown(field.value).slice(0, 200)).join(' · ');
  return words ? <span title={words.slice(0, 200)}>{words}</span> : <span className="ink-3">empty</span>;
}

function ItemState({ row, colors }: { row: ItemRow; colors: ReadonlyMap<string, number> }) {
  if (row.state === 'done' && row.label !== null) return <LabelChip color={colors.get(row.label) ?? 0}>{row.label}</LabelChip>;
  if (row.state === 'skipped') return <StatePill state="stopped">{row.skipReason ?? 'Skipped'}</StatePill>;
  return row.state === 'leased' ? <StatePill state="live">In hand</StatePill> : <StatePill state="queued">Waiting</StatePill>;
}
