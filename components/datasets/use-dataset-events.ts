'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useLive } from '#components/shell/live.tsx';
import { refresh } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';

/** Reads lists and versions again when a dataset changes; rows never change, so they stay. */
export function useDatasetEvents(): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useLive(
    ['dataset.'],
    () =>
      refresh(
        queries,
        ...[trpc.datasets.list, trpc.datasets.get, trpc.datasets.version].map((path) => ({ queryKey: path.pathKey() })),
      ),
    { atMostEveryMs: 500 },
  );
}
