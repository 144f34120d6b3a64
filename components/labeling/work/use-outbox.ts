'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTRPC, useTRPCClient } from '#components/shell/trpc.ts';
import { describeError } from '#components/ui/describe-error.ts';
import type { AnswerOutput } from '#server/features/labeling/queue.schema.ts';
import type { OutboxState, Outgoing, Refusal } from './outbox.ts';
import { createOutbox } from './outbox.ts';

const FINAL = new Set(['FORBIDDEN', 'NOT_FOUND', 'INVALID', 'CONFLICT', 'TOO_LARGE', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED']);
const ANSWER_WITHIN_MS = 15_000;

type Queue = { project: string; labeling: string; person: string };
type Heard = {
  onSent?: (outgoing: Outgoing, result: Pick<AnswerOutput, 'annotation' | 'progress'>) => void;
  onRefused?: (outgoing: Outgoing, error: unknown) => void;
};

function refusalOf(error: unknown): Refusal {
  const { code } = describeError(error);
  if (code === 'UNAUTHENTICATED') return 'signed-out';
  return code !== null && FINAL.has(code) ? 'final' : 'later';
}

function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** The outbox of one person and one queue: sends by itself, and again when the connection or the window comes back. */
export function useOutbox({ project, labeling, person }: Queue, heard: Heard) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const latest = useRef(heard);
  latest.current = heard;
  const [outbox] = useState(() => {
    const at = { project, labeling };
    return createOutbox<Pick<AnswerOutput, 'annotation' | 'progress'>>({
      storage: typeof window === 'undefined' ? null : browserStorage(),
      prefix: `stagecraft.labeling:${person}:${project}:${labeling}:`,
      now: () => Date.now(),
      refusalOf,
      send: (outgoing) => {
        const options = { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) };
        const { annotationId, itemId } = outgoing;
        if (outgoing.kind === 'undo') return client.labeling.undo.mutate({ ...at, annotationId }, options);
        const { durationMs } = outgoing;
        if (outgoing.kind === 'skip')
          return client.labeling.skip.mutate({ ...at, annotationId, itemId, durationMs, reason: outgoing.reason }, options);
        return client.labeling.answer.mutate({ ...at, annotationId, itemId, durationMs, label: outgoing.label }, options);
      },
      onSent: (outgoing, result) => latest.current.onSent?.(outgoing, result),
      onRefused: (outgoing, error) => latest.current.onRefused?.(outgoing, error),
    });
  });
  useEffect(() => {
    const again = () => void outbox.flush();
    outbox.start();
    window.addEventListener('online', again);
    window.addEventListener('focus', again);
    return () => {
      window.removeEventListener('online', again);
      window.removeEventListener('focus', again);
      outbox.stop();
    };
  }, [outbox]);
  const state = useSyncExternalStore(outbox.subscribe, outbox.getState, outbox.getState);
  const waiting = state.waiting.length;
  useEffect(() => {
    // A pause in the answers is the moment to read the own pace again.
    if (waiting > 0) return;
    const timer = setTimeout(
      () => void queries.invalidateQueries(trpc.labeling.progress.queryFilter({ project, labeling })),
      800,
    );
    return () => clearTimeout(timer);
  }, [waiting, queries, trpc, project, labeling]);
  const send = useCallback((outgoings: readonly Outgoing[]) => outbox.add(outgoings), [outbox]);
  const drain = useCallback(() => outbox.flush(), [outbox]);
  const pending = useCallback(() => outbox.getState().waiting, [outbox]);
  return { state: state satisfies OutboxState, send, drain, pending };
}
