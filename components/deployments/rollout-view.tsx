'use client';
import { Button } from '@mantine/core';
import { IconArrowBackUp, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { useKeys } from '#components/ui/keys.tsx';
import { Link } from '#components/ui/link.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import type { RolloutDetail } from '#server/features/deployments/rollouts.schema.ts';
import s from './deployments.module.css';
import { RollBackReason } from './roll-back-reason.tsx';
import { RolloutArms } from './rollout-arms.tsx';
import { RolloutDecisions } from './rollout-decisions.tsx';
import { RolloutSteps } from './rollout-steps.tsx';
import { rolloutExplanation, rolloutSentence } from './rollout-words.ts';

/** One rollout as it runs: the sentence, the two acts, the steps, both arms, and every decision. */
export function RolloutView({ deployment, number }: { deployment: string; number: number }) {
  const trpc = useTRPC();
  const { name: project, stages } = useProject();
  const query = useQuery(trpc.rollouts.get.queryOptions({ project, deployment, number }));
  return (
    <QueryGate query={query} what={`Rollout ${number} of ${deployment}`}>
      {(rollout) => (
        <>
          <div className={s.rolloutHead}>
            <Sentence explanation={rolloutExplanation(rollout)} actions={<Acts rollout={rollout} />}>
              {rolloutSentence(rollout, stages)}
            </Sentence>
            {rollout.approvedBy && (
              <p className="caption">
                Approved by {rollout.approvedBy}
                {rollout.requestId && (
                  <>
                    {' · '}
                    <Link className={s.inText} href={`/${project}/models/requests/${rollout.requestId}`}>
                      Evidence
                    </Link>
                  </>
                )}
              </p>
            )}
            <RollBackReason rollout={rollout} />
            <RolloutSteps rollout={rollout} />
          </div>
          <RolloutArms rollout={rollout} />
          <RolloutDecisions rollout={rollout} />
        </>
      )}
    </QueryGate>
  );
}

function Acts({ rollout }: { rollout: RolloutDetail }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const project = useProject();
  const settle = {
    onSettled: () => {
      void queries.invalidateQueries(trpc.rollouts.pathFilter());
      void queries.invalidateQueries(trpc.deployments.pathFilter());
    },
  };
  const pause = useMutation(trpc.rollouts.pause.mutationOptions(settle));
  const resume = useMutation(trpc.rollouts.resume.mutationOptions(settle));
  const rollBack = useMutation(trpc.rollouts.rollBack.mutationOptions(settle));
  const live = rollout.status === 'running' || rollout.status === 'paused';
  const may = project.can('deployment:write');
  const paused = rollout.status === 'paused';
  const ref = { project: project.name, deployment: rollout.deployment, number: rollout.number };
  const turn = () => (paused ? resume : pause).mutate(ref);
  useKeys([{ keys: 'P', label: paused ? 'Resume the rollout' : 'Pause the rollout', run: turn, disabled: !live || !may }]);
  if (!live) return null;
  if (!may) return <span className="caption">Pausing and rolling back needs the right deployment:write.</span>;
  const error = pause.error ?? resume.error ?? rollBack.error;
  return (
    <div>
      <div className={s.acts}>
        <Button
          size="md"
          className={s.act}
          loading={pause.isPending || resume.isPending}
          leftSection={
            paused ? (
              <IconPlayerPlay size={16} stroke={1.75} aria-hidden />
            ) : (
              <IconPlayerPause size={16} stroke={1.75} aria-hidden />
            )
          }
          onClick={turn}
        >
          {paused ? 'Resume' : 'Pause'}
        </Button>
        <Button
          size="md"
          variant="filled"
          data-danger
          loading={rollBack.isPending}
          leftSection={<IconArrowBackUp size={16} stroke={1.75} aria-hidden />}
          onClick={() => rollBack.mutate(ref)}
        >
          Roll back to v{rollout.baseline.number}
        </Button>
      </div>
      {error && <ErrorLine error={error} />}
    </div>
  );
}
