'use client';
import { useQuery } from '@tanstack/react-query';
import { ModelTabs } from '#components/shell/model-tabs.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen, Section } from '#components/ui/screen.tsx';
import type { Suite, SuiteRunSummary } from '#server/features/evaluations/evaluations.schema.ts';
import { RunStart } from './run-start.tsx';
import { RunTrend } from './run-trend.tsx';
import { RunUnderWay } from './run-under-way.tsx';
import { RunsTable } from './runs-table.tsx';
import { SuiteSide } from './suite-side.tsx';
import { useEvaluationsLive } from './use-evaluations-live.ts';

/** What a model is measured on, every run of it, and the next one. */
export function EvaluationScreen({ model }: { model: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const suite = useQuery(trpc.evaluations.suite.queryOptions({ project, model }));
  const runs = useQuery(trpc.evaluations.runs.queryOptions({ project, model }));
  useEvaluationsLive();
  const path = `/${project}/models`;
  return (
    <Screen
      padded={false}
      head={
        <PageHead
          crumbs={[
            { label: 'Models', href: path },
            { label: model, href: `${path}/${encodeURIComponent(model)}` },
          ]}
          title="Evaluation"
        />
      }
      sideTitle="What is measured"
      side={suite.data && <SuiteSide suite={suite.data} />}
    >
      <ModelTabs model={model} active="evaluation" />
      <QueryGate query={suite} what={`The suite of ${model}`}>
        {(data) => (
          <QueryGate query={runs} what="The runs of the suite">
            {(found) => <Body suite={data} runs={found} />}
          </QueryGate>
        )}
      </QueryGate>
    </Screen>
  );
}

function Body({ suite, runs }: { suite: Suite; runs: readonly SuiteRunSummary[] }) {
  const underWay = runs.filter(({ status }) => status === 'queued' || status === 'running');
  return (
    <>
      {suite.may.run && <RunStart suite={suite} underWay={underWay} />}
      {underWay.map((run) => (
        <RunUnderWay key={run.id} run={run} mayCancel={suite.may.run && run.requestId === null} />
      ))}
      <RunTrend runs={runs} />
      <Section padded divided title="Runs" caption="newest first; each on the very graph that would be served">
        <RunsTable model={suite.model.name} runs={runs} />
      </Section>
    </>
  );
}
