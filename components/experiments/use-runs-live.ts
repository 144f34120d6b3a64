'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useLive } from '#components/shell/live.tsx';
import { useTRPC } from '#components/shell/trpc.ts';

/**
 * Reads runs, curves and launches again when something happened to them. With `ids` only those runs count, so that a page about
 * finished runs stays still while others are trained.
 */
export function useRunsLive(ids?: ReadonlySet<string>): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const reading = useRef(false);
  const missed = useRef(false);
  const read = async () => {
    // One reading at a time: events come every half second, and where the server is slower than that, a reading that each event
    // began anew would never end.
    if (reading.current) {
      missed.current = true;
      return;
    }
    reading.current = true;
    do {
      missed.current = false;
      await Promise.all(
        [trpc.experiments.pathFilter(), trpc.training.launches.pathFilter()].map((filter) =>
          queries.invalidateQueries(filter, { cancelRefetch: false }),
        ),
      );
    } while (missed.current);
    reading.current = false;
  };
  useLive(['run.'], (events) => {
    if (ids && !events.some((event) => event.type === 'resync' || ids.has(event.id))) return;
    void read();
  });
}
