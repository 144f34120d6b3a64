'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useLive } from '#components/shell/live.tsx';
import { refresh } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';

/** Reads models, requests and deployments again when one of them changed anywhere. */
export function useModelsLive(): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useLive(['model.', 'promotion.', 'rollout.', 'deployment.'], () =>
    refresh(queries, trpc.models.pathFilter(), trpc.promotions.pathFilter()),
  );
}
