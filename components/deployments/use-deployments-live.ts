'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useLive } from '#components/shell/live.tsx';
import { useTRPC } from '#components/shell/trpc.ts';

/** Reads deployments and rollouts again when one of them changed, or when its answers were logged. */
export function useDeploymentsLive(): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useLive(['deployment.', 'rollout.', 'model.'], () => {
    void queries.invalidateQueries(trpc.deployments.pathFilter());
    void queries.invalidateQueries(trpc.rollouts.pathFilter());
  });
  useLive(['prediction.', 'outcome.'], () => void queries.invalidateQueries(trpc.rollouts.pathFilter()), { atMostEveryMs: 2000 });
}
