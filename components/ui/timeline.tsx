import type { ReactNode } from 'react';
import s from './small.module.css';

export type TimelineItem = {
  key: string;
  when: ReactNode;
  title: ReactNode;
  note?: ReactNode;
  tone?: 'quiet' | 'accent' | 'bad' | 'good' | 'warn';
};

const DOTS = {
  quiet: 'var(--line-2)',
  accent: 'var(--accent)',
  bad: 'var(--bad)',
  good: 'var(--good)',
  warn: 'var(--warn-mark)',
} as const;

/** What happened, newest first: when, a dot, what, and a quiet second line. */
export function Timeline({ items, label }: { items: TimelineItem[]; label: string }) {
  return (
    <ol className={s.timeline} aria-label={label}>
      {items.map((item) => (
        <li key={item.key} className={s.moment}>
          <span className={s.when}>{item.when}</span>
          <span className={s.rail} style={{ '--dot': DOTS[item.tone ?? 'quiet'] } as React.CSSProperties} aria-hidden="true" />
          <div className={s.what}>
            <div>{item.title}</div>
            {item.note !== undefined && <div className="caption">{item.note}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
