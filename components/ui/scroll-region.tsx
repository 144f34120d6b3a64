import type { ReactNode } from 'react';
import s from './small.module.css';

/** A part that scrolls by itself and holds nothing that takes focus: it takes the focus itself, so that the keyboard can scroll it. */
export function ScrollRegion({
  label,
  maxHeight = 420,
  children,
}: {
  label: string;
  maxHeight?: number | string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard can't scroll here (axe: scrollable-region-focusable)
    <section className={s.scrollRegion} style={{ maxHeight }} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
