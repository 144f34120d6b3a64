'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLive } from './live.tsx';
import type { NavNotes } from './nav.tsx';
import { refresh } from './refresh.ts';
import { useTRPC } from './trpc.ts';

const WHAT_CHANGES_NEEDS = ['promotion', 'rollout', 'deployment', 'label', 'monitor', 'alert', 'run.', 'launch', 'model'];

/** What waits where, for the navigation and the bar: read again when something happened, at most every five seconds. */
export function useNotes(project: string): { notes: NavNotes; needsYou: number } {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { data } = useQuery(trpc.home.needs.queryOptions({ project }));
  useLive(WHAT_CHANGES_NEEDS, () => refresh(client, { queryKey: trpc.home.needs.queryKey({ project }) }), {
    atMostEveryMs: 5000,
  });
  if (!data) return { notes: {}, needsYou: 0 };
  const { labeling, models, deployments, alerts, live } = data.counts;
  return {
    notes: {
      labeling: { count: labeling },
      models: { count: models },
      experiments: { live: live.experiments },
      deployments: { count: deployments, live: live.deployments },
      monitoring: { count: alerts, alert: true },
    },
    needsYou: data.needs.filter((need) => need.act !== null).length,
  };
}
