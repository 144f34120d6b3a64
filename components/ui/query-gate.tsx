'use client';
import type { ReactNode } from 'react';
import { RelativeTime } from './date-time.tsx';
import { ErrorState } from './error-state.tsx';
import { LoadingRows } from './loading-rows.tsx';
import { Shape } from './shape.tsx';
import s from './status.module.css';

type Query<T> = { data: T | undefined; error: unknown; isFetching: boolean; dataUpdatedAt: number; refetch: () => unknown };

/** One query's states: skeleton, error with "Try again", old data marked with its time when renewing failed, data. */
export function QueryGate<T>({
  query,
  what,
  rows,
  rowHeight,
  loading,
  children,
}: {
  query: Query<T>;
  what: string;
  rows?: number;
  rowHeight?: number;
  loading?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  if (query.data === undefined) {
    if (query.error)
      return (
        <ErrorState
          error={query.error}
          what={`${what} could not be read.`}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      );
    return loading ?? <LoadingRows rows={rows} height={rowHeight} what={`${what} …`} />;
  }
  return (
    <>
      {Boolean(query.error) && (
        <p className={s.stale} role="status">
          <Shape name="triangle" size={14} />
          <span>
            As of <RelativeTime at={query.dataUpdatedAt} />; newer figures could not be read.
          </span>
          <button type="button" onClick={() => void query.refetch()}>
            Try again
          </button>
        </p>
      )}
      {children(query.data)}
    </>
  );
}
