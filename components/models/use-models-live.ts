'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useLive } from '#components/shell/live.tsx';
import { useTRPC } from '#components/shell/trpc.ts';

/** Reads models, requests and deployments again when one of them changed anywhere. */
export function useModelsLive(): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useLive(['model.', 'promotion.', 'rollout.', 'deployment.'], () => {
    void queries.invalidateQueries(trpc.models.pathFilter());
    void queries.invalidateQueries(trpc.promotions.pathFilter());
  });
}
