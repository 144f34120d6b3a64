import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import s from './marks.module.css';

/** A short word on a ground: a version, a kind, a state that isn't judged. */
export function Chip({
  tone = 'plain',
  children,
  title,
}: {
  tone?: 'plain' | 'accent' | 'good' | 'warn' | 'bad' | 'outline';
  children: ReactNode;
  title?: string;
}) {
  return (
    <span className={cx(s.chip, s[`chip_${tone}`])} title={title}>
      {children}
    </span>
  );
}

/** The name of a label in one of the five label colours (1 to 5); 0 is grey. */
export function LabelChip({
  color = 0,
  children,
  suggested = false,
}: {
  color?: number;
  children: ReactNode;
  suggested?: boolean;
}) {
  const tone = color === 0 ? undefined : ((color - 1) % 5) + 1;
  return (
    <span
      className={cx(s.chip, tone === undefined ? s.chip_plain : undefined, suggested && s.suggested)}
      style={tone === undefined ? undefined : { color: `var(--label-${tone})`, background: `var(--label-${tone}-ground)` }}
    >
      {children}
    </span>
  );
}

/** A key of the keyboard: <KeyChip>Ctrl</KeyChip>. */
export function KeyChip({ children }: { children: ReactNode }) {
  return <kbd className={s.key}>{children}</kbd>;
}

/** The count that asks for attention, on the filled accent. */
export function CountPill({ count }: { count: number }) {
  return <span className={cx(s.pill, 'num')}>{count}</span>;
}

/** A small square in a series colour (1 to 8), for legends and rows; with a letter where runs are lettered. */
export function Swatch({ color, letter }: { color: string; letter?: string }) {
  return (
    <span
      className={cx(s.swatch, letter !== undefined && s.lettered)}
      style={{ background: color }}
      aria-hidden={letter === undefined}
    >
      {letter}
    </span>
  );
}
