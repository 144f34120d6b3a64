'use client';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { RunFacts } from '#components/evaluations/run-facts.tsx';
import { RunUnderWay } from '#components/evaluations/run-under-way.tsx';
import { RUN_STATES } from '#components/evaluations/runs-table.tsx';
import { useEvaluationsLive } from '#components/evaluations/use-evaluations-live.ts';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen, Section } from '#components/ui/screen.tsx';
import { Finding } from '#components/ui/sentence.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { SuiteRunDetail } from '#server/features/evaluations/evaluations.schema.ts';
import { SuiteSection } from './suite-section.tsx';

/** One run of a suite: every section that it found, or why it found none. */
export function EvaluationRunScreen({ model, id }: { model: string; id: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.evaluations.run.queryOptions({ project, id }));
  useEvaluationsLive();
  const path = `/${project}/models`;
  const own = `${path}/${encodeURIComponent(model)}`;
  const run = query.data;
  return (
    <Screen
      padded={false}
      head={
        <PageHead
          crumbs={[
            { label: 'Models', href: path },
            { label: model, href: own },
            { label: 'Evaluation', href: `${own}/evaluation` },
          ]}
          title={run ? `v${run.version.number}` : 'Run'}
          state={run && <StatePill state={RUN_STATES[run.status]} />}
          actions={run?.may.repeat && <Repeat run={run} />}
        />
      }
      sideTitle="About this run"
      side={run && <RunFacts run={run} project={project} />}
    >
      <QueryGate query={query} what="This run">
        {(data) => <Body run={data} />}
      </QueryGate>
    </Screen>
  );
}

function Body({ run }: { run: SuiteRunDetail }) {
  if (run.status === 'queued' || run.status === 'running') return <RunUnderWay run={run} mayCancel={run.may.cancel} />;
  if (run.status === 'cancelled')
    return (
      <EmptyState
        title="This run was stopped."
        explanation={`${run.error ?? ''} It kept no figures. Run the suite again to have them.`}
      />
    );
  if (run.status === 'failed') return <Failed run={run} />;
  return run.sections.map((section) => <SuiteSection key={section.section} section={section} />);
}

function Failed({ run }: { run: SuiteRunDetail }) {
  const { failedRow } = run;
  return (
    <>
      <Finding tone="bad" title="The suite could not be run. Nothing was judged.">
        {run.error}
      </Finding>
      {failedRow && (
        <Section padded title={`Row ${failedRow.row}`} caption="the row at fault, as it stands in the dataset version">
          <Facts items={failedRow.fields.map(({ name, value }) => ({ term: name, value }))} />
        </Section>
      )}
    </>
  );
}

function Repeat({ run }: { run: SuiteRunDetail }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const queries = useQueryClient();
  const router = useRouter();
  const start = useMutation(
    trpc.evaluations.start.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries(trpc.evaluations.pathFilter());
        router.push(`/${project}/models/${encodeURIComponent(run.model)}/evaluation/${id}`);
      },
    }),
  );
  const underWay = run.status === 'queued' || run.status === 'running';
  if (underWay || run.version.number === 0) return null;
  return (
    <>
      {start.error && <ErrorLine error={start.error} />}
      <Button
        loading={start.isPending}
        onClick={() =>
          start.mutate({
            project,
            model: run.model,
            number: run.version.number,
            incumbent: run.incumbent?.number ?? null,
            reason: run.reason,
          })
        }
      >
        Run it again
      </Button>
    </>
  );
}
