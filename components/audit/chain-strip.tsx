'use client';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { useNow, useTimeZone } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { formatClock, formatDay, formatRelative } from '#components/ui/format-time.ts';
import { LoadingRows } from '#components/ui/loading-rows.tsx';
import { ProgressBar } from '#components/ui/progress.tsx';
import { Finding } from '#components/ui/sentence.tsx';
import type { ChainState } from '#server/features/audit/chain.schema.ts';
import s from './audit.module.css';
import { chainNote, chainSentence } from './chain-words.ts';

const SHOWN = 8;
type Query = { data: ChainState | undefined; error: unknown; refetch: () => unknown };

/** How the chain of the record stands, and what the last check found; an administrator can ask for one. */
export function ChainStrip({ query }: { query: Query }) {
  const zone = useTimeZone();
  const now = useNow(5_000);
  const trpc = useTRPC();
  const client = useQueryClient();
  const verify = useMutation(
    trpc.audit.verify.mutationOptions({ onSuccess: () => client.invalidateQueries({ queryKey: trpc.audit.pathKey() }) }),
  );
  const state = query.data;
  if (!state) {
    return query.error ? (
      <div className={s.chain}>
        <ErrorLine error={query.error} />
      </div>
    ) : (
      <div className={s.chain}>
        <LoadingRows rows={1} what="How the record stands" />
      </div>
    );
  }
  const words = { dayTime: (at: Date) => dayTime(at, now, zone), ago: (at: Date) => ago(at, now, zone) };
  const note = chainNote(state);
  return (
    <>
      {state.last?.status === 'tampered' && <Tampering state={state} />}
      <div className={s.chain}>
        <div className={s.chainWords}>
          <p>{chainSentence(state, words)}</p>
          {note && <p className="caption">{note}</p>}
          {verify.error && <ErrorLine error={verify.error} />}
        </div>
        {state.open ? (
          <div className={s.checking}>
            <ProgressBar
              label={state.open.status === 'queued' ? 'The check waits for the worker' : 'Checking every entry'}
              detail={
                state.open.total > 0
                  ? `${state.open.done.toLocaleString('en')} of ${state.open.total.toLocaleString('en')}`
                  : undefined
              }
              share={state.open.total > 0 ? state.open.done / state.open.total : null}
              startedAt={state.open.startedAt}
            />
          </div>
        ) : (
          state.mayVerify && (
            <Button loading={verify.isPending} onClick={() => verify.mutate()}>
              Verify now
            </Button>
          )
        )}
      </div>
    </>
  );
}

function Tampering({ state }: { state: ChainState }) {
  const shown = state.problems.slice(0, SHOWN);
  const more = (state.last?.problemCount ?? 0) - shown.length;
  return (
    <Finding tone="bad" title="This record was tampered with.">
      <ul className={s.problems}>
        {shown.map((problem) => (
          <li key={`${problem.kind}-${problem.seq}-${problem.entryId}`}>{problem.sentence}</li>
        ))}
      </ul>
      <p>
        {more > 0 && `${formatCount(more, 'more place')}; npm run audit -- verify names them all. `}
        Compare with the last backup and with the signed heads that are kept elsewhere.
        {state.protected && ' Somebody with rights on the database itself did this: the application can’t.'}
      </p>
    </Finding>
  );
}

function dayTime(at: Date, now: Date, zone: string): string {
  const day = formatDay(at, zone, now);
  const yesterday = formatDay(new Date(now.getTime() - 86_400_000), zone, now);
  const word = day === formatDay(now, zone, now) ? 'today' : day === yesterday ? 'yesterday' : day;
  return `${word} ${formatClock(at, zone)}`;
}

function ago(at: Date, now: Date, zone: string): string {
  const seconds = Math.max(0, Math.round((now.getTime() - at.getTime()) / 1_000));
  return seconds < 60 ? `${seconds} s ago` : formatRelative(at, now, zone);
}
