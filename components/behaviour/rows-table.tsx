'use client';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTRPCClient } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatNumber, formatPercent } from '#components/ui/format.ts';
import type { ExplorerRow } from '#server/features/evaluations/rows.schema.ts';
import s from './behaviour.module.css';
import { verdictOf } from './rows-state.ts';
import type { Rows } from './use-rows.ts';

const TONES = { better: 'good', worse: 'bad', other: 'warn', 'both wrong': 'bad', wrong: 'bad', right: 'plain' } as const;

/** The rows with both answers; a click opens one beside, keys walk through them. */
export function RowsTable({
  rows,
  selected,
  onSelect,
}: {
  rows: Rows;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
}) {
  const { rows: query, state, place, facets } = rows;
  const client = useTRPCClient();
  const [first] = query.data?.pages ?? [];
  const found = query.data?.pages.flatMap((page) => page.rows);
  const names = first?.rows[0]?.fields.map((field) => field.name).join('\u0000') ?? '';
  const columns = useMemo(
    () => columnsOf(names === '' ? [] : names.split('\u0000'), state.candidate, first?.incumbent ?? null),
    [names, state.candidate, first?.incumbent],
  );
  const all = useMutation({
    mutationFn: () =>
      client.rows.numbers.query({
        project: rows.project,
        ...(place ?? { model: rows.model, candidate: 1 }),
        filter: state.filter,
      }),
    onSuccess: (data) => onSelect(new Set(data.rows.map(String))),
  });
  const may = facets.data?.may;
  const acts = may && (may.tag || may.label || may.test);
  return (
    <>
      <div style={{ flex: 1, minHeight: 240 }}>
        <DataTable
          label="Rows"
          columns={columns}
          rows={found}
          rowKey={(row) => String(row.row)}
          onOpen={(row) => rows.set({ row: row.row })}
          current={state.row === null ? null : String(state.row)}
          {...(acts ? { selection: { selected, onChange: onSelect } } : {})}
          height="100%"
          onEnd={() => {
            if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
          }}
          inset
          loadingRows={14}
          empty={
            <EmptyState
              compact
              title={emptyTitle(state.filter.show, first?.counts.all === 0)}
              explanation="Take a filter away, or look at other rows."
            />
          }
        />
      </div>
      {first && (
        <div className={s.foot}>
          <span className="caption num" aria-live="polite">
            {formatNumber(first.matching)} of {formatNumber(first.counts.all)} rows
            {first.incumbent !== null &&
              `: ${formatNumber(first.counts.better)} better, ${formatNumber(first.counts.worse)} worse`}
          </span>
          {acts && first.matching > 0 && selected.size < first.matching && (
            <Button size="xs" variant="subtle" loading={all.isPending} onClick={() => all.mutate()}>
              Select all {formatNumber(Math.min(first.matching, 5000))}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function emptyTitle(show: string, nothing: boolean): string {
  if (nothing) return 'No row fits.';
  if (show === 'changed') return 'Both versions answer these rows alike.';
  return show === 'better' || show === 'worse' ? 'There is no such row.' : 'None of these rows is answered wrongly.';
}

function columnsOf(names: string[], candidate: number | null, incumbent: number | null): Column<ExplorerRow>[] {
  const said = (answer: { label: string; confidence: number | null } | null, truth: string) =>
    answer === null ? (
      <span className="ink-3">–</span>
    ) : (
      <span className={answer.label === truth ? undefined : 'bad'}>
        {answer.label} <span className="num ink-3">{answer.confidence === null ? '' : formatPercent(answer.confidence)}</span>
        <span className="sr-only">{answer.label === truth ? ', right' : ', wrong'}</span>
      </span>
    );
  return [
    { id: 'row', head: 'Row', width: 64, align: 'right', cell: (row) => row.row },
    ...names.map((name, index): Column<ExplorerRow> => {
      const value = (row: ExplorerRow) => row.fields[index]?.value ?? '';
      const column: Column<ExplorerRow> = {
        id: `field.${name}`,
        head: name,
        cell: (row) => <span title={value(row)}>{value(row) || '–'}</span>,
      };
      return index === 2 ? { ...column, hideBelow: 1280 } : column;
    }),
    { id: 'truth', head: 'Is', width: 88, cell: (row) => row.truth },
    ...(incumbent === null
      ? []
      : [
          { id: 'incumbent', head: `v${incumbent} says`, width: 112, cell: (row: ExplorerRow) => said(row.incumbent, row.truth) },
        ]),
    { id: 'candidate', head: `v${candidate ?? ''} says`, width: 112, cell: (row) => said(row.candidate, row.truth) },
    {
      id: 'verdict',
      head: 'Verdict',
      width: 148,
      cell: (row) => (
        <>
          {verdictOf(row) !== 'right' && <Chip tone={TONES[verdictOf(row)]}>{verdictOf(row)}</Chip>}{' '}
          {row.tags.map((tag) => (
            <Chip key={tag} tone="outline">
              {tag}
            </Chip>
          ))}
        </>
      ),
    },
  ];
}
