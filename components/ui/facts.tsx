import type { ReactNode } from 'react';
import s from './small.module.css';

export type Fact = { term: string; value: ReactNode };

/** Terms and what they are, under each other. `width` is the room for the terms in pixels. */
export function Facts({ items, width = 96 }: { items: (Fact | false | null | undefined)[]; width?: number }) {
  return (
    <dl className={s.facts} style={{ '--term': `${width}px` } as React.CSSProperties}>
      {items
        .filter((item): item is Fact => Boolean(item))
        .map((item) => (
          <div key={item.term} className={s.fact}>
            <dt>{item.term}</dt>
            <dd>{item.value}</dd>
          </div>
        ))}
    </dl>
  );
}
