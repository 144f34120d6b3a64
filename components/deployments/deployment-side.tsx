'use client';
import { Button, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { useConfirm } from '#components/ui/confirm.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import type { DeploymentDetail } from '#server/features/deployments/deployments.schema.ts';
import s from './deployments.module.css';
import { PlanEditor } from './plan-editor.tsx';

/** What a deployment is, its plan for coming rollouts, the way back, and the end. */
export function DeploymentSide({ deployment }: { deployment: DeploymentDetail }) {
  const project = useProject();
  const may = project.can('deployment:write');
  const { primary, serving } = deployment;
  return (
    <Stack gap={24}>
      <section>
        <h2>About</h2>
        <Facts
          items={[
            {
              term: 'Model',
              value: (
                <Link className="link" href={`/${project.name}/models/${deployment.model}`}>
                  {deployment.model}
                </Link>
              ),
            },
            primary !== null && {
              term: 'Answers',
              value: (
                <>
                  <Link className={s.inText} href={`/${project.name}/models/${deployment.model}/${primary.number}`}>
                    v{primary.number}
                  </Link>
                  {deployment.primarySince && (
                    <>
                      {' '}
                      since <DateTime at={deployment.primarySince} />
                    </>
                  )}
                </>
              ),
            },
            primary !== null && {
              term: 'Gateways',
              value: `${serving.upToDate} of ${serving.gateways} serve the newest routing`,
            },
            serving.providers.length > 0 && { term: 'Runs on', value: serving.providers.join(', ') },
            { term: 'Made', value: <DateTime at={deployment.createdAt} /> },
          ]}
        />
      </section>
      <PlanEditor key={deployment.version} deployment={deployment} />
      {may && deployment.goBackTo && <GoBack deployment={deployment} to={deployment.goBackTo.number} />}
      {may && <Archive deployment={deployment} />}
    </Stack>
  );
}

function GoBack({ deployment, to }: { deployment: DeploymentDetail; to: number }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const [reason, setReason] = useState('');
  const back = useMutation(
    trpc.deployments.goBack.mutationOptions({
      onSuccess: () => setReason(''),
      onSettled: () => void queries.invalidateQueries(trpc.deployments.pathFilter()),
    }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        back.mutate({ project, deployment: deployment.name, reason });
      }}
    >
      <Stack gap={8}>
        <h2>Go back to v{to}</h2>
        <p className="caption">
          v{to} answered before and was approved then. It answers all requests at once, and v{deployment.primary?.number} goes
          back to staging.
        </p>
        <Textarea label="Reason" autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {back.error && <ErrorLine error={back.error} />}
        <div>
          <Button type="submit" disabled={reason.trim().length < 3} loading={back.isPending}>
            Go back to v{to}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function Archive({ deployment }: { deployment: DeploymentDetail }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const confirm = useConfirm();
  const { name: project } = useProject();
  const archive = useMutation(
    trpc.deployments.archive.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(trpc.deployments.pathFilter());
        router.push(`/${project}/deployments`);
      },
    }),
  );
  const ask = async () => {
    const sure = await confirm({
      title: `Take ${deployment.name} out of service?`,
      body: 'Programs that call it get an error from then on. Its log and its history stay.',
      verb: 'Take out of service',
      danger: true,
      typed: deployment.name,
    });
    if (sure) archive.mutate({ project, deployment: deployment.name, reason: 'Taken out of service in the console.' });
  };
  return (
    <section>
      {archive.error && <ErrorLine error={archive.error} />}
      <Button variant="outline" loading={archive.isPending} onClick={() => void ask()}>
        Take out of service…
      </Button>
    </section>
  );
}
