'use client';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useKeys } from '#components/ui/keys.tsx';
import { NumberedList } from '#components/ui/lineage-strip.tsx';
import { Link } from '#components/ui/link.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { isServing } from '#server/domain/stages.ts';
import type { Beginnings } from '#server/features/deployments/deployments.schema.ts';
import s from './deployments.module.css';
import { exampleCalls } from './example-call.ts';

/** Nothing is served yet: what is ready, the one next step, what happens then, and the call that will work. */
export function FirstDeployment() {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const beginnings = useQuery(trpc.deployments.beginnings.queryOptions({ project }));
  return (
    <QueryGate query={beginnings} what="What is ready to be deployed">
      {(data) => <Body beginnings={data} />}
    </QueryGate>
  );
}

function Body({ beginnings }: { beginnings: Beginnings }) {
  const project = useProject();
  const router = useRouter();
  const first = beginnings.ready.find(({ stage }) => isServing(project.stages, stage)) ?? beginnings.ready[0];
  const path = `/${project.name}/deployments/new?model=${encodeURIComponent(first?.model ?? '')}`;
  const may = project.can('deployment:write');
  useKeys([{ keys: 'D', label: 'Deploy the model that is ready', run: () => router.push(path), disabled: !first || !may }]);
  if (!first) {
    return (
      <EmptyState
        title="Nothing is being served yet"
        explanation="A deployment gives a model a name that programs can call. There is no model yet: register the best run of an experiment, or upload an ONNX file."
        action={
          project.can('model:write') && (
            <Button variant="filled" component={Link} href={`/${project.name}/models/new`}>
              Register a model…
            </Button>
          )
        }
        other={
          <Button variant="subtle" component={Link} href={`/${project.name}/experiments`}>
            Look at the runs
          </Button>
        }
      />
    );
  }
  const version = `${first.model} v${first.number}`;
  return (
    <EmptyState
      title="Nothing is being served yet"
      explanation={
        <>
          <strong>{version}</strong> is in {first.stage}.{' '}
          {isServing(project.stages, first.stage)
            ? 'Deploy it, and programs can ask it for predictions.'
            : 'Set up its deployment now; it answers once a reviewer has approved it for production.'}{' '}
          Every answer is logged.
        </>
      }
      action={
        may && (
          <Button size="md" variant="filled" component={Link} href={path}>
            Deploy {first.model}…
          </Button>
        )
      }
      other={
        may &&
        beginnings.ready.length > 1 && (
          <Button variant="subtle" component={Link} href={`/${project.name}/deployments/new`}>
            Choose another model
          </Button>
        )
      }
    >
      <div className={s.then}>
        <div>
          <h3>What happens then</h3>
          <NumberedList
            items={[
              { title: 'A reviewer is asked', note: 'Production needs the approval of somebody who isn’t you.' },
              { title: 'The gateways load the model', note: 'What can’t be loaded never gets a request.' },
              {
                title: 'The address answers',
                note: 'Later versions come in by canary, and roll back on their own when they do worse.',
              },
            ]}
          />
        </div>
        <CodeBlock
          label="The call that will work"
          samples={exampleCalls({ gatewayUrl: beginnings.gatewayUrl, deployment: first.model, instance: first.instance })}
        />
      </div>
    </EmptyState>
  );
}
