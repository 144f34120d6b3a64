'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen } from '#components/ui/screen.tsx';
import { Finding } from '#components/ui/sentence.tsx';
import type { RunDetail } from '#server/features/experiments/runs.schema.ts';
import { isActive } from '../live/launch-progress.ts';
import { experimentPath, experimentsPath } from '../paths.ts';
import { RunState } from '../run-state.tsx';
import { useRunsLive } from '../use-runs-live.ts';
import { Evaluation } from './evaluation.tsx';
import { RunActions } from './run-actions.tsx';
import { RunCurves } from './run-curves.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunSide } from './run-side.tsx';

/** One run: live while it learns, then its figures on the test part. */
export function RunScreen({ experiment, run: name }: { experiment: string; run: string }) {
  const trpc = useTRPC();
  const project = useProject();
  const run = useQuery(trpc.experiments.run.queryOptions({ project: project.name, experiment, run: name }));
  const id = run.data?.id;
  useRunsLive(useMemo(() => new Set(id === undefined ? [] : [id]), [id]));
  return (
    <Screen
      padded={false}
      head={
        <PageHead
          crumbs={[
            { label: 'Experiments', href: experimentsPath(project.name) },
            { label: experiment, href: experimentPath(project.name, experiment) },
          ]}
          title={name}
          state={run.data && <RunState run={run.data} />}
          actions={run.data && <RunActions run={run.data} />}
        />
      }
      side={run.data && <RunSide run={run.data} />}
      sideTitle="About this run"
      sideWidth={320}
    >
      <QueryGate query={run} what={`The run ${name}`} rows={12}>
        {(data) => <Body run={data} />}
      </QueryGate>
    </Screen>
  );
}

function Body({ run }: { run: RunDetail }) {
  const evaluation = run.evaluations.find((one) => one.split === 'test' && one.datasetVersionId === run.dataset?.versionId);
  return (
    <>
      {isActive(run) && <RunProgress run={run} />}
      {run.status === 'failed' && (
        <Finding tone="bad" title={`${run.name} failed`}>
          {run.error ?? 'No reason was recorded.'}
        </Finding>
      )}
      {run.status === 'canceled' && (
        <Finding tone="quiet" title={`${run.name} was stopped`}>
          {run.startedAt ? 'Its curves stay as far as they go; it has no graph to register.' : 'It had not begun.'}
        </Finding>
      )}
      <RunCurves run={run} />
      {evaluation && <Evaluation run={run} evaluation={evaluation} />}
    </>
  );
}
