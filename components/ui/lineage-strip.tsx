import { IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from '#components/ui/link.tsx';
import { Shape, type ShapeName } from './shape.tsx';
import s from './strip.module.css';

export type LineageItem = { key: string; icon: ReactNode; title: ReactNode; note?: ReactNode; href?: string };

/** Where a thing comes from, from left to right, each a link. */
export function LineageStrip({ items, label = 'Lineage' }: { items: LineageItem[]; label?: string }) {
  return (
    <ol className={s.lineage} aria-label={label}>
      {items.map((item, i) => (
        <li key={item.key} className={s.ancestor}>
          {i > 0 && <IconArrowRight className={s.arrow} size={18} stroke={1.25} aria-hidden />}
          <span className={s.icon}>{item.icon}</span>
          <div className={s.words}>
            {item.href === undefined ? (
              <div className={s.name}>{item.title}</div>
            ) : (
              <Link href={item.href} className={s.name}>
                {item.title}
              </Link>
            )}
            {item.note !== undefined && <div className="caption">{item.note}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}

export type Step = { key: string; label: ReactNode; note?: ReactNode; state: 'done' | 'current' | 'ahead' };

const SHAPES = { done: 'check', current: 'live', ahead: 'dotted' } as const satisfies Record<Step['state'], ShapeName>;

/** Where one stands on a way: done, here, ahead. */
export function Steps({ items, label }: { items: Step[]; label: string }) {
  return (
    <ol className={s.steps} aria-label={label}>
      {items.map((item) => (
        <li key={item.key} className={s[item.state]} aria-current={item.state === 'current' ? 'step' : undefined}>
          <span className={s.stepMark}>
            <Shape name={SHAPES[item.state]} />
          </span>
          <div className="strong">{item.label}</div>
          {item.note !== undefined && <div className="caption">{item.note}</div>}
        </li>
      ))}
    </ol>
  );
}

/** What will happen, as numbered lines. */
export function NumberedList({ items }: { items: { title: ReactNode; note?: ReactNode }[] }) {
  return (
    <ol className={s.numbered}>
      {items.map((item, i) => (
        <li key={i}>
          <span className={s.number} aria-hidden="true">
            {i + 1}
          </span>
          <div>
            <div className={s.name}>{item.title}</div>
            {item.note !== undefined && <div className="caption">{item.note}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
