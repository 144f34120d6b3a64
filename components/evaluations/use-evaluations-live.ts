'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useLive } from '#components/shell/live.tsx';
import { useTRPC } from '#components/shell/trpc.ts';

/** Reads suites and their runs again when one of them changed anywhere. */
export function useEvaluationsLive(): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useLive(['suite.'], () => void queries.invalidateQueries(trpc.evaluations.pathFilter()));
}
