'use client';
import { type KeyboardEvent, useRef, useState } from 'react';
import { cx } from '#components/ui/cx.ts';
import { formatCount } from '#components/ui/format.ts';
import type { Condition } from '#server/features/datasets/rows.schema.ts';
import type { Bar } from '../prepare-bars.ts';
import s from './rows.module.css';

/** A small histogram whose bars filter. One stop of the Tab key; arrows go from bar to bar. */
export function HeadBars({
  column,
  bars,
  active,
  onFilter,
}: {
  column: string;
  bars: Bar[];
  active: Condition[];
  onFilter: (condition: Condition) => void;
}) {
  const group = useRef<HTMLFieldSetElement>(null);
  const [at, setAt] = useState(0);
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const to = Math.min(bars.length - 1, Math.max(0, at + step));
    setAt(to);
    group.current?.querySelectorAll('button')[to]?.focus();
  };
  return (
    <fieldset ref={group} className={s.bars} aria-label={`How ${column} is distributed`} onKeyDown={move}>
      {bars.map((bar, index) => (
        <button
          key={bar.key}
          type="button"
          tabIndex={index === at ? 0 : -1}
          className={cx(s.bar, isActive(bar.condition, active) && s.lit)}
          aria-label={`${bar.label}: ${formatCount(bar.count, 'row')}`}
          title={`${bar.label}: ${formatCount(bar.count, 'row')}`}
          aria-pressed={isActive(bar.condition, active)}
          onFocus={() => setAt(index)}
          onClick={() => onFilter(bar.condition)}
        >
          <span style={{ height: `${bar.count === 0 ? 0 : Math.max(4, bar.share * 100)}%` }} />
        </button>
      ))}
    </fieldset>
  );
}

function isActive(condition: Condition, active: Condition[]): boolean {
  return active.some((one) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(condition)));
}

function sorted(condition: Condition): [string, unknown][] {
  return Object.entries(condition).toSorted(([a], [b]) => a.localeCompare(b));
}
