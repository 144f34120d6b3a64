'use client';
import {
  type ColumnDef,
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  type SortingState,
  useReactTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRouter } from 'next/navigation';
import { Fragment, useMemo, useRef, useState } from 'react';
import { cx } from './cx.ts';
import { TableHead } from './data-table-head.tsx';
import { TableRow } from './data-table-row.tsx';
import type { DataTableProps } from './data-table-types.ts';
import { ErrorState } from './error-state.tsx';
import { LoadingRows } from './loading-rows.tsx';
import s from './table.module.css';

const NO_ROWS: readonly never[] = [];

/** A dense list: sorting, selection, arrow keys from row to row, actions on hover, and its own states while loading, empty or failed. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rows, rowKey, href, onOpen, actions, selection, rowHeight = 30, height } = props;
  const router = useRouter();
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const [ownSorting, setOwnSorting] = useState<SortingState>(props.initialSort ? [props.initialSort] : []);
  const [active, setActive] = useState(0);
  const sorting = props.sorting?.state ?? ownSorting;

  const defs = useMemo<ColumnDef<T>[]>(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: T) => column.sort?.(row) ?? undefined,
        enableSorting: column.sort !== undefined,
        sortUndefined: 'last',
        sortDescFirst: column.align === 'right',
        cell: (context) => column.cell(context.row.original),
      })),
    [columns],
  );
  const table = useReactTable<T>({
    data: (rows ?? NO_ROWS) as T[],
    // There are no pages to go back to, and going back would draw the table again each time that `rows` is a new array.
    autoResetAll: false,
    columns: defs,
    state: { sorting },
    getRowId: rowKey,
    manualSorting: props.sorting !== undefined,
    onSortingChange: (update) => {
      const next = typeof update === 'function' ? update(sorting) : update;
      if (props.sorting) props.sorting.onChange(next);
      else setOwnSorting(next);
    },
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  const all = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: all.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    enabled: height !== undefined,
  });

  const inset = (props.inset ? { '--table-inset': '24px' } : {}) as React.CSSProperties;
  if (props.error !== undefined && props.error !== null && rows === undefined) {
    return (
      <div className={s.reading} style={inset}>
        <ErrorState error={props.error} what={`${label} could not be read.`} onRetry={props.onRetry} />
      </div>
    );
  }
  if (rows !== undefined && rows.length === 0 && props.empty !== undefined) {
    return (
      <div className={s.reading} style={inset}>
        {props.empty}
      </div>
    );
  }

  const items = height === undefined ? null : virtual.getVirtualItems();
  const shown =
    items === null
      ? all.map((row, index) => ({ row, index }))
      : items.flatMap(({ index }) => (all[index] ? [{ row: all[index], index }] : []));
  const before = items?.[0]?.start ?? 0;
  const after = items === null ? 0 : Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0));
  const span = columns.length + (selection ? 1 : 0) + (actions ? 1 : 0);
  if (items !== null && props.onEnd && (items.at(-1)?.index ?? 0) >= all.length - 5 && all.length > 0)
    queueMicrotask(props.onEnd);

  const focusRow = (index: number) => {
    const target = Math.min(Math.max(index, 0), all.length - 1);
    setActive(target);
    if (items !== null) virtual.scrollToIndex(target);
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`tr[data-index="${target}"]`)?.focus());
  };
  const open = (row: T) => (onOpen ? onOpen(row) : href ? router.push(href(row)) : undefined);

  return (
    <div ref={scroller} className={cx(s.scroller, height !== undefined && s.fixed)} style={{ height, ...inset }}>
      <table
        className={s.table}
        aria-label={label}
        aria-rowcount={all.length}
        aria-busy={rows === undefined}
        style={{ '--row': `${rowHeight}px` } as React.CSSProperties}
      >
        <TableHead
          table={table}
          columns={columns}
          selection={selection}
          ids={all.map((row) => row.id)}
          actionsWidth={actions ? (props.actionsWidth ?? 96) : undefined}
        />
        <tbody ref={body}>
          {before > 0 && (
            <tr>
              <td colSpan={span} style={{ height: before, padding: 0, border: 0 }} />
            </tr>
          )}
          {shown.map(({ row, index }) => (
            <Fragment key={row.id}>
              <TableRow
                row={row.original}
                id={row.id}
                index={index}
                columns={columns}
                tabbable={index === Math.min(active, all.length - 1)}
                href={href?.(row.original)}
                openable={href !== undefined || onOpen !== undefined}
                current={props.current === row.id}
                pinned={props.pinned?.(row.original) ?? false}
                actions={actions}
                selection={selection}
                onMove={focusRow}
                onFocus={() => setActive(index)}
                onOpen={() => open(row.original)}
                count={all.length}
                cells={row.getVisibleCells().map((cell) => flexRender(cell.column.columnDef.cell, cell.getContext()))}
              />
              {props.below?.(row.original) != null && (
                <tr className={s.below}>
                  <td colSpan={span}>{props.below?.(row.original)}</td>
                </tr>
              )}
            </Fragment>
          ))}
          {after > 0 && (
            <tr>
              <td colSpan={span} style={{ height: after, padding: 0, border: 0 }} />
            </tr>
          )}
        </tbody>
      </table>
      {rows === undefined && (
        <div className={s.reading}>
          <LoadingRows rows={props.loadingRows ?? 8} height={rowHeight} what={`Reading: ${label.toLowerCase()}…`} />
        </div>
      )}
    </div>
  );
}
