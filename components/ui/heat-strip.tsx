'use client';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { cx } from './cx.ts';
import s from './heat.module.css';

export type HeatRow = { key: string; name: ReactNode; note?: ReactNode; cells: { value: number | null; title: string }[]; figures?: ReactNode[] };

/** The step of the scale (0 to 5) on which a value stands: as many as the rising `limits` (five) that it has reached. */
export function heatLevel(value: number, limits: readonly number[]): number {
  return limits.filter((limit) => value >= limit).length;
}

/** Rows of cells by time: darker is more, a dash is missing. A row can be opened; its `children` stand elsewhere on the page. */
export function HeatStrip({ rows, columns, limits, open, onOpen, figureHeads = [], label }: {
  rows: HeatRow[]; columns: { key: string; label: string | null }[]; limits: readonly number[]; open?: string | null; onOpen?: (key: string | null) => void; figureHeads?: ReactNode[]; label: string;
}) {
  const template = `minmax(180px, 224px) repeat(${columns.length}, minmax(4px, 1fr)) repeat(${figureHeads.length}, max-content)`;
  return (
    <div className={s.heat} style={{ gridTemplateColumns: template }} role="table" aria-label={label}>
      <div className={s.heatRow} role="row">
        <span role="columnheader"><span className="sr-only">Feature</span></span>
        {columns.map((column) => <span key={column.key} role="columnheader"><span className="sr-only">{column.key}</span></span>)}
        {figureHeads.map((head, i) => <span key={i} role="columnheader" className={s.figureHead}>{head}</span>)}
      </div>
      {rows.map((row) => {
        const opened = row.key === open;
        const Chevron = opened ? IconChevronDown : IconChevronRight;
        return (
          <div key={row.key} className={cx(s.heatRow, opened && s.openRow)} role="row">
            <span role="rowheader" className={s.heatName}>
              {onOpen ? (
                <button type="button" aria-expanded={opened} onClick={() => onOpen(opened ? null : row.key)}>
                  <Chevron size={14} stroke={1.75} aria-hidden /><span className="truncate"><b>{row.name}</b> {row.note !== undefined && <span className="ink-3">{row.note}</span>}</span>
                </button>
              ) : <span className="truncate"><b>{row.name}</b> {row.note !== undefined && <span className="ink-3">{row.note}</span>}</span>}
            </span>
            {row.cells.map((cell, i) => (
              <span key={columns[i]?.key ?? i} role="cell" className={cell.value === null ? s.gap : s.heatCell} title={cell.title} style={cell.value === null ? undefined : { background: `var(--seq-${heatLevel(cell.value, limits)})` }}>
                {cell.value === null && <span aria-hidden="true">–</span>}<span className="sr-only">{cell.title}</span>
              </span>
            ))}
            {(row.figures ?? []).map((figure, i) => <span key={i} role="cell" className={cx(s.heatFigure, 'num')}>{figure}</span>)}
          </div>
        );
      })}
      <div className={s.heatRow} aria-hidden="true">
        <span />
        {columns.map((column) => <span key={column.key} className={s.tick}>{column.label}</span>)}
        {figureHeads.map((_, i) => <Fragment key={i}><span /></Fragment>)}
      </div>
    </div>
  );
}

/** The scale of a heat strip with its limits; `marked` limits are red (second) and amber (first). */
export function HeatScale({ unit, limits, possible, drift }: { unit: string; limits: readonly number[]; possible?: number; drift?: number }) {
  return (
    <div className={s.scale}>
      <span className="caption">{unit}</span>
      <span className={s.scaleSteps}>
        {[0, ...limits].map((limit, i) => (
          <span key={limit}>
            <i style={{ background: `var(--seq-${i})` }} />
            <span className={cx('num', limit === drift && 'bad', limit === possible && 'warn')}>{limit === 0 ? '0' : limit.toFixed(2)}</span>
          </span>
        ))}
      </span>
    </div>
  );
}
