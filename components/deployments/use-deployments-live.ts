'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useLive } from '#components/shell/live.tsx';
import { refresh } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';

/** Reads deployments and rollouts again when one of them changed, or when its answers were logged. */
export function useDeploymentsLive(): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useLive(['deployment.', 'rollout.', 'model.'], () =>
    refresh(queries, trpc.deployments.pathFilter(), trpc.rollouts.pathFilter()),
  );
  useLive(['prediction.', 'outcome.'], () => refresh(queries, trpc.rollouts.pathFilter()), { atMostEveryMs: 2000 });
}
