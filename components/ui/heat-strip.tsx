'use client';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import s from './heat.module.css';

export type HeatRow = {
  key: string;
  name: ReactNode;
  note?: ReactNode;
  cells: { value: number | null; title: string }[];
  figures?: ReactNode[];
};

type HeatStripProps = {
  rows: HeatRow[];
  columns: { key: string; label: string | null }[];
  limits: readonly number[];
  open?: string | null;
  onOpen?: (key: string | null) => void;
  figureHeads?: ReactNode[];
  label: string;
};

/** The step of the scale (0 to 5) on which a value stands: as many as the rising `limits` (five) that it has reached. */
export function heatLevel(value: number, limits: readonly number[]): number {
  return limits.filter((limit) => value >= limit).length;
}

/** Rows of cells by time: darker is more, a dash is missing. An open row is only marked; what belongs to it stands elsewhere on the page. */
export function HeatStrip({ rows, columns, limits, open, onOpen, figureHeads = [], label }: HeatStripProps) {
  return (
    <table className={s.heat} aria-label={label}>
      <thead>
        <tr>
          <th scope="col" className={s.heatName}>
            <span className="sr-only">Name</span>
          </th>
          {columns.map((column) => (
            <th key={column.key} scope="col">
              <span className="sr-only">{column.key}</span>
            </th>
          ))}
          {figureHeads.map((head, i) => (
            <th key={i} scope="col" className={s.figureHead}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className={row.key === open ? s.openRow : undefined}>
            <HeatName row={row} opened={row.key === open} onOpen={onOpen} />
            {row.cells.map((cell, i) => (
              <HeatCell key={columns[i]?.key ?? i} cell={cell} limits={limits} />
            ))}
            {(row.figures ?? []).map((figure, i) => (
              <td key={i} className={cx(s.heatFigure, 'num')}>
                {figure}
              </td>
            ))}
          </tr>
        ))}
        <tr className={s.ticks}>
          <td />
          {columns.map((column) => (
            <td key={column.key}>{column.label !== null && <span>{column.label}</span>}</td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

function HeatName({ row, opened, onOpen }: { row: HeatRow; opened: boolean; onOpen: HeatStripProps['onOpen'] }) {
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  const words = (
    <span className="truncate">
      <b>{row.name}</b> {row.note !== undefined && <span className="ink-3">{row.note}</span>}
    </span>
  );
  return (
    <th scope="row" className={s.heatName}>
      {onOpen ? (
        <button type="button" aria-expanded={opened} onClick={() => onOpen(opened ? null : row.key)}>
          <Chevron size={14} stroke={1.75} aria-hidden />
          {words}
        </button>
      ) : (
        words
      )}
    </th>
  );
}

function HeatCell({ cell, limits }: { cell: HeatRow['cells'][number]; limits: readonly number[] }) {
  return (
    <td title={cell.title} className={s.heatCell}>
      {cell.value === null ? (
        <span className={s.gap} aria-hidden="true">
          –
        </span>
      ) : (
        <i style={{ background: `var(--seq-${heatLevel(cell.value, limits)})` }} />
      )}
      <span className="sr-only">{cell.title}</span>
    </td>
  );
}

/** The scale of a heat strip with its limits; `possible` is written in amber, `drift` in red. */
export function HeatScale({
  unit,
  limits,
  possible,
  drift,
}: {
  unit: string;
  limits: readonly number[];
  possible?: number;
  drift?: number;
}) {
  return (
    <div className={s.scale}>
      <span className="caption">{unit}</span>
      <span className={s.scaleSteps}>
        {[0, ...limits].map((limit, i) => (
          <span key={limit}>
            <i style={{ background: `var(--seq-${i})` }} />
            <span className={cx('num', limit === drift && 'bad', limit === possible && 'warn')}>
              {limit === 0 ? '0' : limit.toFixed(2)}
            </span>
          </span>
        ))}
      </span>
    </div>
  );
}
