'use client';
import { useEffect, useRef } from 'react';
import { cx } from './cx.ts';
import s from './query.module.css';
import type { Suggestion } from './use-completion.ts';

/** The list below a field of a search language; the pointer takes an entry without the field losing its focus. */
export function SuggestionList({
  id,
  items,
  active,
  onTake,
}: {
  id: string;
  items: readonly Suggestion[];
  active: number;
  onTake: (item: Suggestion) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div id={id} role="listbox" aria-label="What may stand here" className={s.offer} ref={list} tabIndex={-1}>
      {items.map((item, index) => (
        <div
          key={item.text}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={cx(s.option, index === active && s.chosen)}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(item);
          }}
        >
          <span className="truncate">{item.text}</span>
          {item.note !== undefined && <span className={cx(s.note, 'num')}>{item.note}</span>}
        </div>
      ))}
    </div>
  );
}
