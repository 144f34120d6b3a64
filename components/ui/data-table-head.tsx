import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Table } from '@tanstack/react-table';
import { cx } from './cx.ts';
import type { Column, DataTableProps } from './data-table-types.ts';
import s from './table.module.css';

export const cellClass = <T,>(column: Column<T>) =>
  cx(
    column.align === 'right' && s.right,
    column.align === 'center' && s.center,
    column.mono && s.mono,
    column.hideBelow !== undefined && s[`below${column.hideBelow}`],
  );

/** The head of a DataTable: names, sorting arrows, select all. */
export function TableHead<T>({
  table,
  columns,
  selection,
  ids,
  actionsWidth,
}: {
  table: Table<T>;
  columns: Column<T>[];
  selection: DataTableProps<T>['selection'];
  ids: string[];
  actionsWidth: number | undefined;
}) {
  const chosen = selection ? ids.filter((id) => selection.selected.has(id)).length : 0;
  return (
    <thead>
      <tr>
        {selection && (
          <th scope="col" className={s.check}>
            <Checkbox
              aria-label="Select all rows"
              checked={ids.length > 0 && chosen === ids.length}
              indeterminate={chosen > 0 && chosen < ids.length}
              onChange={() => selection.onChange(new Set(chosen === ids.length ? [] : ids))}
            />
          </th>
        )}
        {columns.map((column) => {
          const state = table.getColumn(column.id);
          const sorted = state?.getIsSorted() ?? false;
          return (
            <th
              key={column.id}
              scope="col"
              className={cellClass(column)}
              style={{ width: column.width ?? (column.align === 'right' ? 88 : undefined) }}
              title={column.title}
              aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
            >
              {state?.getCanSort() ? (
                <button type="button" className={s.sort} onClick={state.getToggleSortingHandler()}>
                  {column.head}
                  {sorted === 'asc' && <IconArrowUp size={12} stroke={1.75} aria-hidden />}
                  {sorted === 'desc' && <IconArrowDown size={12} stroke={1.75} aria-hidden />}
                </button>
              ) : (
                column.head
              )}
            </th>
          );
        })}
        {actionsWidth !== undefined && (
          <th scope="col" style={{ width: actionsWidth }}>
            <span className="sr-only">Actions</span>
          </th>
        )}
      </tr>
    </thead>
  );
}
