'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen } from '#components/ui/screen.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { DeploymentDetail } from '#server/features/deployments/deployments.schema.ts';
import { DeploymentOverview } from './deployment-overview.tsx';
import { DeploymentSide } from './deployment-side.tsx';
import { RolloutState } from './rollout-state.tsx';
import { RolloutView } from './rollout-view.tsx';
import { useDeploymentsLive } from './use-deployments-live.ts';

/** One deployment: its rollout while one runs (or the one that the address names), else what answers and how to call it. */
export function DeploymentScreen({ deployment, rollout }: { deployment: string; rollout: number | null }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const query = useQuery(trpc.deployments.get.queryOptions({ project, deployment }));
  useDeploymentsLive();
  const data = query.data;
  const path = `/${project}/deployments`;
  // Who has watched a rollout sees how it ended, and gives the reason of a rollback, before the page turns to what answers now.
  const running = data?.rollout?.number ?? null;
  const [watched, setWatched] = useState(running);
  if (running !== null && running !== watched) setWatched(running);
  const shown = rollout ?? running ?? watched;
  const open = data?.rollouts.find((one) => one.number === shown);
  return (
    <Screen
      padded={false}
      sideTitle="About the deployment"
      side={data && shown === null ? <DeploymentSide deployment={data} /> : undefined}
      head={
        <PageHead
          crumbs={[{ label: 'Deployments', href: path }, ...(open ? [{ label: deployment, href: `${path}/${deployment}` }] : [])]}
          title={open ? `Rollout of v${open.candidate.number}` : deployment}
          state={data && (open ? <RolloutState status={open.status} /> : <Head deployment={data} />)}
        />
      }
    >
      <QueryGate query={query} what={`The deployment ${deployment}`}>
        {(found) => (
          <>
            {shown !== null && <RolloutView key={shown} deployment={deployment} number={shown} />}
            {(rollout === null || open === undefined) && <DeploymentOverview deployment={found} />}
          </>
        )}
      </QueryGate>
    </Screen>
  );
}

function Head({ deployment }: { deployment: DeploymentDetail }) {
  const { serving, primary } = deployment;
  if (!primary) return <StatePill state="waiting">waits for its first version</StatePill>;
  if (serving.gateways === 0) return <StatePill state="lost">no gateway is up</StatePill>;
  if (serving.problems.length > 0) return <StatePill state="failed">a gateway can’t load it</StatePill>;
  if (serving.upToDate < serving.gateways) return <StatePill state="running">being loaded</StatePill>;
  return <StatePill state="done">v{primary.number} answers</StatePill>;
}
