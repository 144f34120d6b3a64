'use client';
import { IconHandFinger } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { LabelChip } from '#components/ui/chip.tsx';
import { cx } from '#components/ui/cx.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { formatShort } from '#components/ui/format.ts';
import type { Column } from '#server/features/datasets/columns.schema.ts';
import type { Condition, Row, RowPage, Sort } from '#server/features/datasets/rows.schema.ts';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import { ColumnHead } from './column-head.tsx';
import s from './rows.module.css';

/** More columns than these make the table wider than the page, with a scroll bar of its own. */
const FITTING = 9;

type Props = {
  version: VersionDetail;
  page: RowPage;
  shown: number[];
  sort: Sort | null;
  onSort: (sort: Sort | null) => void;
  active: Condition[];
  onFilter: (condition: Condition) => void;
  onOpen: (row: number) => void;
  stale: boolean;
};

/** The table of rows. Enter or a click opens a row whole; arrow keys go from row to row. */
export function RowsTable({ version, page, shown, sort, onSort, active, onFilter, onOpen, stale }: Props) {
  const columns = shown.flatMap((index) => (version.columns[index] ? [{ index, column: version.columns[index] }] : []));
  const labels = version.profile?.columns.find((column) => column.kind === 'label')?.top?.map((one) => one.value) ?? [];
  return (
    <div className={columns.length > FITTING ? s.wide : undefined}>
      <table className={cx(s.table, stale && s.stale)} aria-label="Rows" aria-busy={stale} aria-rowcount={page.matching}>
        <thead>
          <tr>
            {columns.map(({ column }) => (
              <ColumnHead
                key={column.name}
                column={column}
                profile={version.profile?.columns.find((one) => one.name === column.name) ?? null}
                sort={sort}
                onSort={onSort}
                active={active}
                onFilter={onFilter}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row, index) => (
            <tr
              key={row.row}
              tabIndex={index === 0 ? 0 : -1}
              className={s.row}
              aria-label={`Row ${row.row}`}
              onClick={() => onOpen(row.row)}
              onKeyDown={(event) => moveOrOpen(event, () => onOpen(row.row))}
            >
              {columns.map((one) => (
                <td key={one.column.name} className={one.column.kind === 'number' ? s.figure : undefined}>
                  <CellView column={one.column} row={row} index={one.index} labels={labels} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CellView({ column, row, index, labels }: { column: Column; row: Row; index: number; labels: string[] }) {
  const value = row.cells[index] ?? null;
  if (value === null || value === '') return <span className="ink-3">–</span>;
  if (column.kind === 'time') return <DateTime at={value} />;
  if (column.kind === 'number') return formatShort(Number(value));
  if (column.kind !== 'label') return String(value).slice(0, 160);
  return (
    <span className={s.label}>
      <LabelChip color={labels.indexOf(String(value)) + 1}>{value}</LabelChip>
      {row.labelSource?.startsWith('labeling:') && (
        <span title={`by hand: ${row.labelSource.slice(9)}`}>
          <IconHandFinger size={14} stroke={1.75} aria-hidden />
          <span className="sr-only">by hand</span>
        </span>
      )}
    </span>
  );
}

function moveOrOpen(event: KeyboardEvent<HTMLTableRowElement>, open: () => void): void {
  const row = event.currentTarget;
  const next = event.key === 'ArrowDown' ? row.nextElementSibling : event.key === 'ArrowUp' ? row.previousElementSibling : null;
  if (next instanceof HTMLElement) {
    event.preventDefault();
    next.focus();
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    open();
  }
}
