'use client';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen } from '#components/ui/screen.tsx';
import s from '../experiments.module.css';
import { experimentPath, experimentsPath } from '../paths.ts';
import { useAddress } from '../use-address.ts';
import { DataChoice } from './data-choice.tsx';
import { LaunchForm } from './launch-form.tsx';

/** The form of a launch: which data, which columns, which settings to try. Dataset and version stand in the address. */
export function LaunchScreen({ experiment }: { experiment: string | null }) {
  const project = useProject();
  const { get, set } = useAddress();
  const dataset = get('dataset');
  const version = Number(get('version')) || null;
  const path = experimentsPath(project.name);
  const head = (
    <PageHead
      crumbs={[
        { label: 'Experiments', href: path },
        ...(experiment ? [{ label: experiment, href: experimentPath(project.name, experiment) }] : []),
      ]}
      title="Launch trials"
    />
  );
  if (!project.can('run:write'))
    return (
      <Screen head={head}>
        <EmptyState
          title="Launching is for scientists"
          explanation="You see every run, its curves and its figures. Ask a scientist or an administrator of the project to launch trials."
        />
      </Screen>
    );
  return (
    <Screen head={head}>
      <div className={s.form}>
        <DataChoice
          dataset={dataset}
          version={version}
          onChange={(next) => set({ dataset: next.dataset, version: next.version === null ? '' : String(next.version) })}
        />
        {dataset !== '' && version !== null && (
          <Options key={`${dataset} ${version}`} experiment={experiment} dataset={dataset} version={version} />
        )}
      </div>
    </Screen>
  );
}

function Options({ experiment, dataset, version }: { experiment: string | null; dataset: string; version: number }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const options = useQuery(trpc.training.options.queryOptions({ project, dataset, version }, { staleTime: 60_000 }));
  return (
    <QueryGate query={options} what={`What can be learned from ${dataset} v${version}`} rows={4}>
      {(data) => <LaunchForm experiment={experiment} dataset={dataset} version={version} options={data} />}
    </QueryGate>
  );
}
