'use client';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useTRPC } from './trpc.ts';

export type Hit = { href: string; label: string; kind: string };

const MOST = 12;

/** Things of the project whose name contains `query`. The lists are read when somebody searches, and kept a minute. */
export function useObjectSearch(project: string, query: string): Hit[] {
  const trpc = useTRPC();
  const [word] = useDebouncedValue(query.trim().toLowerCase(), 150);
  const o = { enabled: word !== '', staleTime: 60_000 };
  const [datasets, labeling, experiments, models, deployments, monitors] = useQueries({
    queries: [
      trpc.datasets.list.queryOptions({ project }, o),
      trpc.labeling.list.queryOptions({ project }, o),
      trpc.experiments.list.queryOptions({ project }, o),
      trpc.models.list.queryOptions({ project }, o),
      trpc.deployments.list.queryOptions({ project }, o),
      trpc.monitoring.list.queryOptions({ project }, o),
    ],
  });
  if (word === '') return [];
  return [
    ...hits(datasets.data, 'Dataset', `/${project}/datasets`),
    ...hits(labeling.data, 'Labeling project', `/${project}/labeling`),
    ...hits(experiments.data, 'Experiment', `/${project}/experiments`),
    ...hits(models.data, 'Model', `/${project}/models`),
    ...hits(deployments.data, 'Deployment', `/${project}/deployments`),
    ...hits(monitors.data, 'Monitor', `/${project}/monitoring`),
  ]
    .filter((hit) => hit.label.toLowerCase().includes(word))
    .slice(0, MOST);
}

function hits(things: readonly { name: string }[] | undefined, kind: string, path: string): Hit[] {
  return (things ?? []).map((thing) => ({ href: `${path}/${thing.name}`, label: thing.name, kind }));
}
