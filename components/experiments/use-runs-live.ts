'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useLive } from '#components/shell/live.tsx';
import { refresh } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';

/**
 * Reads runs, curves and launches again when something happened to them. With `ids` only those runs count, so that a page about
 * finished runs stays still while others are trained.
 */
export function useRunsLive(ids?: ReadonlySet<string>): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useLive(['run.'], (events) => {
    if (ids && !events.some((event) => event.type === 'resync' || ids.has(event.id))) return;
    return refresh(queries, trpc.experiments.pathFilter(), trpc.training.launches.pathFilter());
  });
}
