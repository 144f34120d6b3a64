'use client';
import { useDocumentVisibility } from '@mantine/hooks';
import { useSubscription } from '@trpc/tanstack-react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useTRPC } from './trpc.ts';

export type LiveEvent = { projectId: string | null; type: string; id: string; at: string };
type Listener = (event: LiveEvent) => void;
type Live = { listen: (listener: Listener) => () => void; connected: boolean };

const LiveContext = createContext<Live | null>(null);

/**
 * One stream of the project's events for all of its screens. A window that nobody sees gives its stream back: a browser has six
 * connections for one server, and each stream holds one.
 */
export function LiveProvider({ project, children }: { project: string; children: ReactNode }) {
  const trpc = useTRPC();
  const [listeners] = useState(() => new Set<Listener>());
  const emit = (event: LiveEvent) => {
    for (const listener of listeners) listener(event);
  };
  const wasConnected = useRef(false);
  const seen = useDocumentVisibility() === 'visible';
  const stream = useSubscription(
    trpc.live.events.subscriptionOptions(
      { project },
      {
        enabled: seen,
        onData: emit,
        // After a break nobody knows what was missed: everything that listens reads again.
        onStarted: () => {
          if (wasConnected.current) emit({ projectId: null, type: 'resync', id: '', at: new Date().toISOString() });
          wasConnected.current = true;
        },
      },
    ),
  );
  const connected = stream.status === 'pending' || stream.status === 'connecting';
  const live = useMemo<Live>(
    () => ({
      connected,
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    }),
    [listeners, connected],
  );
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}

/**
 * Calls `onEvents` with the events whose type begins with one of `prefixes` (and with `resync`), collected so that it runs at most once
 * in `atMostEveryMs`, and not again before the promise that it gave back (see `refresh`). Outside a project nothing is heard.
 */
export function useLive(
  prefixes: readonly string[],
  onEvents: (events: LiveEvent[]) => unknown,
  o: { atMostEveryMs?: number } = {},
): void {
  const live = useContext(LiveContext);
  const handler = useRef(onEvents);
  handler.current = onEvents;
  const every = o.atMostEveryMs ?? 1000;
  const wanted = prefixes.join(' ');
  const listen = live?.listen;
  useEffect(() => {
    if (!listen) return;
    const types = wanted.split(' ');
    let waiting: LiveEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    let last = 0;
    let busy = false;
    let ended = false;
    const plan = () => {
      if (!busy && !ended) timer ??= setTimeout(() => void flush(), Math.max(50, every - (Date.now() - last)));
    };
    const flush = async () => {
      timer = null;
      last = Date.now();
      const events = waiting;
      waiting = [];
      busy = true;
      try {
        await handler.current(events);
      } finally {
        busy = false;
        if (waiting.length > 0) plan();
      }
    };
    const stop = listen((event) => {
      if (event.type !== 'resync' && !types.some((type) => event.type.startsWith(type))) return;
      waiting.push(event);
      plan();
    });
    return () => {
      ended = true;
      stop();
      if (timer) clearTimeout(timer);
    };
  }, [listen, wanted, every]);
}
