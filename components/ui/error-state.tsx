'use client';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';
import { describeError } from './describe-error.ts';
import { Shape } from './shape.tsx';
import s from './status.module.css';

/**
 * A failure in the place where it happened. Give `error` (what a query or a mutation threw): its message, what to do and the request's id
 * are read from it; `what` says what didn't work ("The runs could not be read").
 */
export function ErrorState({
  error,
  what,
  todo,
  onRetry,
  retrying = false,
}: {
  error: unknown;
  what: string;
  todo?: ReactNode;
  onRetry?: () => void;
  retrying?: boolean;
}) {
  const told = describeError(error);
  return (
    <div className={s.error} role="alert">
      <span className={s.errorMark}>
        <Shape name="cross" />
      </span>
      <div>
        <p className={s.errorTitle}>{what}</p>
        <p className="ink-2">{told.why}</p>
        <p className="ink-2">{todo ?? told.todo}</p>
        <div className={s.errorFoot}>
          {onRetry !== undefined && (
            <Button
              size="xs"
              loading={retrying}
              leftSection={<IconRefresh size={14} stroke={1.75} aria-hidden />}
              onClick={onRetry}
            >
              Try again
            </Button>
          )}
          {told.requestId !== null && (
            <span className={s.request}>
              Request <code className="mono">{told.requestId}</code>{' '}
              <CopyButton value={told.requestId} label="Copy the request's id" />
            </span>
          )}
        </div>
      </div>
    </div>
  );
}

/** One line for an error under a form or beside a button. */
export function ErrorLine({ error }: { error: unknown }) {
  const told = describeError(error);
  return (
    <p className={s.errorLine} role="alert">
      <Shape name="cross" size={14} />{' '}
      <span>
        {told.why} {told.requestId !== null && <span className="ink-3">Request {told.requestId}.</span>}
      </span>
    </p>
  );
}
