'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC, useTRPCClient } from '#components/shell/trpc.ts';
import { describeError } from '#components/ui/describe-error.ts';
import type { LabelingDetail } from '#server/features/labeling/labeling.schema.ts';
import type { HistoryEntry } from '#server/features/labeling/queue.schema.ts';
import { conflictOf } from './conflict.ts';
import { newId } from './new-id.ts';
import type { Outgoing } from './outbox.ts';
import type { Act, Given, Session, Verdict } from './session.ts';
import { arrive, drop, EMPTY_SESSION, give, inView, look, redo, remember, settle, undo, verdictOf } from './session.ts';
import { useLeases } from './use-leases.ts';
import { useOutbox } from './use-outbox.ts';
import { useTimeInHand } from './use-time-in-hand.ts';

const TAKE = 6;
const LOW = 3;

const givenOf = (entry: HistoryEntry): Given => ({ ...verdictOf(entry), annotationId: entry.id, item: entry.item });

/** All that the labeling screen does: the sitting, what is on its way, the leases, and what went wrong. */
export function useWork(labeling: LabelingDetail, person: string) {
  const { name: project } = useProject();
  const at = { project, labeling: labeling.name };
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const current = useRef<Session>(EMPTY_SESSION);
  const [session, show] = useState<Session>(EMPTY_SESSION);
  const [counts, setCounts] = useState(labeling.counts);
  const [asked, setAsked] = useState<'not yet' | 'more' | 'no more'>('not yet');
  const [error, setError] = useState<unknown>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const [older, setOlder] = useState(true);
  const busy = useRef(false);

  const change = useCallback((next: Session) => {
    current.current = next;
    show(next);
  }, []);

  const refused = (outgoing: Outgoing, why: unknown) => {
    const conflict = conflictOf(why);
    if (conflict?.reason === 'closed') void queries.invalidateQueries(trpc.labeling.get.queryFilter(at));
    if (conflict?.kept) change(settle(current.current, outgoing.annotationId, conflict.kept));
    else change(drop(current.current, outgoing.itemId));
    setNotice(describeError(why).why);
  };
  const outbox = useOutbox(
    { ...at, person },
    {
      onSent: (outgoing, result) => {
        setCounts(result.progress);
        const kept = result.annotation;
        if (outgoing.kind !== 'undo' && kept.id !== outgoing.annotationId) {
          change(settle(current.current, outgoing.annotationId, { ...verdictOf(kept), annotationId: kept.id }));
        }
      },
      onRefused: refused,
    },
  );

  const refill = async () => {
    if (busy.current) return;
    busy.current = true;
    try {
      const exclude = outbox
        .pending()
        .filter((one) => one.kind !== 'undo')
        .map((one) => one.itemId);
      const next = await client.labeling.next.mutate({ ...at, take: TAKE, exclude: [...new Set(exclude)] });
      change(arrive(current.current, next.items));
      setCounts(next.progress);
      setAsked(next.items.length < TAKE ? 'no more' : 'more');
      setError(null);
    } catch (why) {
      setError(why);
    } finally {
      busy.current = false;
    }
  };
  const lookFurther = async () => {
    const before = current.current.past[0]?.annotationId;
    try {
      const history = await client.labeling.history.query({ ...at, limit: 50, ...(before ? { before } : {}) });
      const waiting = new Set(outbox.pending().map((one) => one.itemId));
      change(remember(current.current, history.entries.filter((entry) => !waiting.has(entry.itemId)).map(givenOf)));
      setOlder(history.more);
    } catch {
      // Looking back is a comfort: without a connection it ends at this sitting's own answers.
      setOlder(false);
    }
  };
  const calls = useRef({ refill, lookFurther });
  calls.current = { refill, lookFurther };

  useEffect(() => {
    void calls.current.refill();
    void calls.current.lookFurther();
  }, []);
  const low = session.ahead.length < LOW && asked === 'more' && error === null;
  useEffect(() => {
    if (low) void calls.current.refill();
  }, [low]);
  const empty = session.ahead.length === 0 && asked === 'no more';
  useEffect(() => {
    if (error === null) return;
    const timer = setTimeout(() => void calls.current.refill(), 5000);
    return () => clearTimeout(timer);
  }, [error]);
  useLive(
    ['label.'],
    (events) => {
      if (empty) void calls.current.refill();
      if (events.some((event) => event.type !== 'label.item')) void queries.invalidateQueries(trpc.labeling.get.queryFilter(at));
    },
    { atMostEveryMs: 2000 },
  );
  useLeases({
    ...at,
    leaseSeconds: labeling.leaseSeconds,
    held: () => {
      const waiting = new Set(outbox.pending().map((one) => one.itemId));
      return current.current.ahead.map((item) => item.id).filter((id) => !waiting.has(id));
    },
    onLost: (ids) => {
      const inHand = current.current.ahead[0]?.id;
      change(ids.reduce(drop, current.current));
      if (inHand && ids.includes(inHand))
        setNotice('Your time with the last item had run out and somebody else has it now. Here is the next one.');
      void calls.current.refill();
    },
  });

  const { item, given } = inView(session);
  const timeInHand = useTimeInHand(item && `${item.id}:${given?.annotationId ?? ''}`);
  const act = (done: Act) => {
    change(done.session);
    outbox.send(done.sends);
    setNotice(null);
  };
  const waiting = outbox.state.waiting;
  const unsent = waiting.reduce((sum, one) => sum + (one.kind === 'undo' ? -1 : 1), 0);
  return {
    session,
    item,
    given,
    counts,
    finished: Math.max(0, counts.done + counts.skipped + unsent),
    loading: asked === 'not yet' && error === null,
    empty,
    error,
    notice,
    outbox: outbox.state,
    retry: refill,
    give: (verdict: Verdict) => act(give(current.current, verdict, { annotationId: newId(), durationMs: timeInHand() })),
    undo: () => act(undo(current.current)),
    redo: () => act(redo(current.current, { annotationId: newId(), durationMs: timeInHand() })),
    look: (step: -1 | 1) => {
      const now = current.current;
      change(look(now, step));
      if (step === -1 && older && (now.looking ?? now.past.length) <= 1) void lookFurther();
    },
    leave: async () => {
      await Promise.race([outbox.drain(), new Promise((done) => setTimeout(done, 2000))]);
      await client.labeling.leave.mutate(at).catch(() => undefined);
      await queries.invalidateQueries(trpc.labeling.pathFilter());
    },
  };
}

export type Work = ReturnType<typeof useWork>;
