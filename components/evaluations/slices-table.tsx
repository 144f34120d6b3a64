'use client';
import { Group, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { Interval } from '#components/ui/interval.tsx';
import { SearchField } from '#components/ui/query-field.tsx';
import { isFalling, isShare, metricName } from '#server/domain/metrics/paths.ts';
import type { SuiteSlice } from '#server/domain/suite/sections.schema.ts';
import { domainOf, figureText, intervalText } from './figure-words.ts';

const KINDS = { category: '', number: 'band of', length: 'length of', month: 'month of' } as const;
/** Above this many the table scrolls by itself. */
const TALL = 60;

/** One figure in every slice, the worst first: found by column or value, sorted by any column. */
export function SlicesTable({ slices, minRows }: { slices: readonly SuiteSlice[]; minRows: number }) {
  const paths = useMemo(() => pathsOf(slices), [slices]);
  const [path, setPath] = useState(paths[0] ?? 'accuracy');
  const [text, setText] = useState('');
  const columns = useMemo(() => columnsOf(slices, path), [slices, path]);
  const words = text.trim().toLowerCase();
  const rows = slices.filter(({ column, value }) => `${column} ${value}`.toLowerCase().includes(words));
  if (slices.length === 0)
    return (
      <p className="ink-2">
        No slice has {formatNumber(minRows)} rows or more. Judge on more rows, or lower the smallest slice in the suite’s
        settings.
      </p>
    );
  return (
    <>
      <Group gap={8} mb={8}>
        <Select
          aria-label="Figure"
          size="xs"
          w={220}
          allowDeselect={false}
          value={path}
          onChange={(next) => setPath(next ?? path)}
          data={paths.map((value) => ({ value, label: metricName(value) }))}
        />
        <SearchField value={text} onChange={setText} label="Find a slice" placeholder="column or value" count={rows.length} />
      </Group>
      <DataTable
        key={path}
        label={`${metricName(path)} by slice`}
        columns={columns}
        rows={rows}
        rowKey={({ column, value }) => `${column}\n${value}`}
        initialSort={{ id: 'value', desc: isFalling(path) }}
        {...(rows.length > TALL ? { height: 480 } : {})}
        empty={
          <EmptyState compact title="No slice is called so." explanation={`Of ${slices.length} slices none holds “${text}”.`} />
        }
      />
    </>
  );
}

function columnsOf(slices: readonly SuiteSlice[], path: string): Column<SuiteSlice>[] {
  const domain = domainOf(
    slices.map(({ figures }) => figures[path] ?? null),
    isShare(path),
  );
  return [
    {
      id: 'slice',
      head: 'Slice',
      cell: ({ kind, column, value }) => (
        <span title={value}>
          <span className="ink-3">
            {KINDS[kind]} {column}{' '}
          </span>
          {value}
        </span>
      ),
      sort: ({ column, value }) => `${column} ${value}`,
    },
    { id: 'n', head: 'rows', align: 'right', width: 72, cell: ({ n }) => formatNumber(n), sort: ({ n }) => n },
    {
      id: 'picture',
      head: <span className="sr-only">interval, drawn</span>,
      width: '26%',
      cell: ({ column, value, figures }) => {
        const interval = figures[path] ?? null;
        return (
          interval && (
            <Interval
              estimate={interval.estimate}
              lower={interval.lower}
              upper={interval.upper}
              domain={domain}
              label={`${column} ${value}: ${figureText(path, interval.estimate)}, interval ${intervalText(path, interval)}`}
            />
          )
        );
      },
    },
    {
      id: 'value',
      head: 'value',
      align: 'right',
      cell: ({ figures }) => <span className="strong">{figureText(path, figures[path]?.estimate)}</span>,
      sort: ({ figures }) => figures[path]?.estimate ?? null,
    },
    {
      id: 'interval',
      head: 'interval',
      align: 'right',
      width: 132,
      cell: ({ figures }) => intervalText(path, figures[path] ?? null),
      sort: ({ figures }) => figures[path]?.lower ?? null,
    },
  ];
}

const FIRST = ['accuracy', 'macro_f1', 'mae', 'rmse', 'micro_f1', 'subset_accuracy'];

/** The figures that slices have, the usual ones first. */
function pathsOf(slices: readonly SuiteSlice[]): string[] {
  const all = [...new Set(slices.flatMap((slice) => Object.keys(slice.figures)))].sort();
  return [...FIRST.filter((path) => all.includes(path)), ...all.filter((path) => !FIRST.includes(path))];
}
