import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import s from './small.module.css';

/** A figure to be read from afar: what it is, the value with its unit, a sparkline at the right, and what it was or of how many. */
export function Figure({
  label,
  value,
  unit,
  note,
  tone,
  spark,
}: {
  label: ReactNode;
  value: ReactNode;
  unit?: ReactNode;
  note?: ReactNode;
  tone?: 'good' | 'warn' | 'bad';
  spark?: ReactNode;
}) {
  return (
    <div className={s.figure}>
      <div className="caption">{label}</div>
      <div className={s.figureLine}>
        <span className={cx(s.figureValue, 'num')}>{value}</span>
        {unit !== undefined && <span className="ink-3">{unit}</span>}
        {spark !== undefined && <span className={s.figureSpark}>{spark}</span>}
      </div>
      {note !== undefined && <div className={cx('caption', tone)}>{note}</div>}
    </div>
  );
}

/** Figures beside each other with hairlines between. */
export function FigureRow({ children }: { children: ReactNode }) {
  return <div className={s.figureRow}>{children}</div>;
}

/** A signed difference in its own slot; `better` says whether up is good (true), bad (false) or neither (null). */
export function Delta({ value, text, better }: { value: number | null; text: string; better: boolean | null }) {
  const tone = value === null || value === 0 || better === null ? 'ink-3' : value > 0 === better ? 'good' : 'bad';
  return <span className={cx(s.delta, 'num', tone)}>{text}</span>;
}
