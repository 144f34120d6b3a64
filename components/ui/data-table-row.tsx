import { Checkbox } from '@mantine/core';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { Link } from '#components/ui/link.tsx';
import { cx } from './cx.ts';
import { cellClass } from './data-table-head.tsx';
import type { Column, DataTableProps } from './data-table-types.ts';
import s from './table.module.css';

type RowProps<T> = {
  row: T;
  id: string;
  index: number;
  count: number;
  columns: Column<T>[];
  cells: ReactNode[];
  tabbable: boolean;
  href: string | undefined;
  openable: boolean;
  current: boolean;
  pinned: boolean;
  actions: DataTableProps<T>['actions'];
  selection: DataTableProps<T>['selection'];
  onMove: (index: number) => void;
  onFocus: () => void;
  onOpen: () => void;
};

const isControl = (target: EventTarget, row: Element) =>
  target instanceof Element &&
  target !== row &&
  target.closest('a, button, input, label, select, textarea, [role=menuitem]') !== null;

/** A row of a DataTable. Arrow keys, Home and End move, Enter opens, space selects. */
export function TableRow<T>(props: RowProps<T>) {
  const { row, id, index, columns, selection } = props;
  const selected = selection?.selected.has(id) ?? false;
  const toggle = () => {
    if (!selection) return;
    const next = new Set(selection.selected);
    if (!next.delete(id)) next.add(id);
    selection.onChange(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>) => {
    if (event.target !== event.currentTarget) return;
    const acts: Record<string, () => void> = {
      ArrowDown: () => props.onMove(index + 1),
      ArrowUp: () => props.onMove(index - 1),
      Home: () => props.onMove(0),
      End: () => props.onMove(props.count - 1),
      ...(props.openable ? { Enter: props.onOpen } : {}),
      ...(selection ? { ' ': toggle } : {}),
    };
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  const onClick = (event: MouseEvent<HTMLTableRowElement>) => {
    if (!props.openable || isControl(event.target, event.currentTarget) || window.getSelection()?.toString()) return;
    props.onOpen();
  };
  return (
    <tr
      data-index={index}
      tabIndex={props.tabbable ? 0 : -1}
      aria-selected={selection ? selected : undefined}
      aria-current={props.current || undefined}
      className={cx(s.row, props.openable && s.openable, (selected || props.current) && s.selected, props.pinned && s.pinned)}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={props.onFocus}
    >
      {selection && (
        <td className={s.check}>
          <Checkbox tabIndex={-1} aria-label={`Select row ${index + 1}`} checked={selected} onChange={toggle} />
        </td>
      )}
      {columns.map((column, i) => (
        <td key={column.id} className={cellClass(column)}>
          {i === 0 && props.href !== undefined ? (
            <Link href={props.href} className={s.rowLink} tabIndex={-1}>
              {props.cells[i]}
            </Link>
          ) : (
            props.cells[i]
          )}
        </td>
      ))}
      {props.actions && (
        <td className={s.actions}>
          <div>{props.actions(row)}</div>
        </td>
      )}
    </tr>
  );
}
