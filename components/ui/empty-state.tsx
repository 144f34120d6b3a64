import type { ReactNode } from 'react';
import s from './status.module.css';

/** An empty place: what it is for (or that nothing is there), what is there already, the one next step, and what happens then (children). */
export function EmptyState({
  title,
  explanation,
  action,
  other,
  children,
  compact = false,
}: {
  title: ReactNode;
  explanation: ReactNode;
  action?: ReactNode;
  other?: ReactNode;
  children?: ReactNode;
  compact?: boolean;
}) {
  return (
    <div className={compact ? s.emptyCompact : s.empty}>
      <h2 className={compact ? s.emptyTitleCompact : s.emptyTitle}>{title}</h2>
      <p className={compact ? 'ink-2' : 'explain'}>{explanation}</p>
      {(action !== undefined || other !== undefined) && (
        <div className={s.emptyActs}>
          {action}
          {other}
        </div>
      )}
      {children}
    </div>
  );
}
