'use client';
import { useMemo } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatDuration } from '#components/ui/format.ts';
import { Section } from '#components/ui/screen.tsx';
import { Finding } from '#components/ui/sentence.tsx';
import type { DeploymentDetail, RolloutSummary } from '#server/features/deployments/deployments.schema.ts';
import { exampleCalls } from './example-call.ts';
import { RolloutState } from './rollout-state.tsx';
import { TryDeployment } from './try-deployment.tsx';

const COLUMNS: Column<RolloutSummary>[] = [
  { id: 'number', head: 'Rollout', cell: (row) => row.number, width: 76 },
  { id: 'what', head: 'Version', cell: (row) => `v${row.candidate.number} against v${row.baseline.number}`, width: 150 },
  { id: 'state', head: 'State', cell: (row) => <RolloutState status={row.status} />, width: 140 },
  { id: 'why', head: 'How it ended', cell: (row) => <span className="ink-2 truncate">{row.endReason ?? '–'}</span> },
  { id: 'start', head: 'Started', cell: (row) => <DateTime at={row.startedAt} />, width: 130, hideBelow: 1100 },
  {
    id: 'took',
    head: 'Took',
    align: 'right',
    cell: (row) => (row.endedAt ? formatDuration(row.endedAt.getTime() - row.startedAt.getTime()) : '–'),
    hideBelow: 1280,
  },
];

/** What answers under a name, how to call it, one input to try, and every rollout so far. */
export function DeploymentOverview({ deployment }: { deployment: DeploymentDetail }) {
  const { name: project } = useProject();
  const { primary, serving, example, name } = deployment;
  const samples = useMemo(
    () => exampleCalls({ gatewayUrl: example.gatewayUrl, deployment: name, instance: example.instance }),
    [example, name],
  );
  return (
    <>
      {serving.problems.map((problem) => (
        <Finding key={problem} tone="bad" title="A gateway can’t load what it should serve">
          {problem} It serves what it served before.
        </Finding>
      ))}
      {primary && serving.gateways === 0 && (
        <Finding tone="warn" title="No gateway is up">
          Nothing answers at {example.gatewayUrl}. Start the gateway; it serves v{primary.number} as soon as it is up.
        </Finding>
      )}
      {primary ? (
        <>
          <Section padded title="Call it" caption="with an API token of this project that may predict (Project settings, Tokens)">
            <CodeBlock label="The call" samples={samples} />
          </Section>
          <Section padded divided title="Try one input" caption={`on v${primary.number}, beside the gateway: nothing is logged`}>
            <TryDeployment key={primary.id} deployment={deployment} number={primary.number} />
          </Section>
        </>
      ) : (
        <Section padded>
          <EmptyState
            compact
            title="No version answers yet"
            explanation={`The first version of ${deployment.model} that is approved for production answers here at once.`}
          />
        </Section>
      )}
      <Section padded divided title="Rollouts">
        <DataTable
          label="Rollouts"
          rowHeight={36}
          columns={COLUMNS}
          rows={deployment.rollouts}
          rowKey={(row) => row.id}
          href={(row) => `/${project}/deployments/${name}?rollout=${row.number}`}
          empty={
            <EmptyState
              compact
              title="No rollout yet"
              explanation="When the next version is approved for production, it comes in here step by step."
            />
          }
        />
      </Section>
    </>
  );
}
