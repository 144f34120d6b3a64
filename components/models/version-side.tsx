'use client';
import { Button, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { firstWith, isServing, roleOf, targetsFrom, titleOf } from '#server/domain/stages.ts';
import type { VersionDetail } from '#server/features/models/version-detail.schema.ts';
import s from './models.module.css';
import { RequestForm } from './request-form.tsx';
import { RequestState } from './request-state.tsx';

/** The next step of a version: the open request, the form to ask for one, or why there is none. */
export function VersionSide({ version }: { version: VersionDetail }) {
  const project = useProject();
  const open = version.openRequest;
  const request = open && version.requests.find(({ id }) => id === open.id);
  return (
    <Stack gap={24}>
      <section>
        <h2 className={s.sideTitle}>Next step</h2>
        {request ? (
          <Stack gap={8}>
            <p>
              {request.requestedByName} asked to move v{version.number} to {request.targetStage}.
            </p>
            <RequestState request={request} />
            <div>
              <Button component={Link} href={`/${project.name}/models/requests/${request.id}`}>
                Open the request
              </Button>
            </div>
          </Stack>
        ) : (
          <NoRequest version={version} />
        )}
      </section>
      {project.can('model:write') && !isServing(project.stages, version.stage) && !open && <StageByHand version={version} />}
    </Stack>
  );
}

function NoRequest({ version }: { version: VersionDetail }) {
  const project = useProject();
  const [next] = targetsFrom(project.stages, version.stage);
  if (!next)
    return (
      <p className="ink-2">
        v{version.number} is in {titleOf(project.stages, version.stage)}. There is no higher stage.
      </p>
    );
  if (!project.can('promotion:request')) {
    return <p className="ink-2">Nobody has asked to move v{version.number} up. Scientists and admins of the project can.</p>;
  }
  return <RequestForm key={version.stage} version={version} />;
}

function StageByHand({ version }: { version: VersionDetail }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project, stages } = useProject();
  const [reason, setReason] = useState('');
  const archived = roleOf(stages, version.stage) === 'end';
  const whereto = firstWith(stages, archived ? 'start' : 'end');
  const move = useMutation(
    trpc.models.setStage.mutationOptions({
      onSuccess: () => {
        setReason('');
        void queries.invalidateQueries(trpc.models.pathFilter());
      },
    }),
  );
  return (
    <section>
      <h2 className={s.sideTitle}>{archived ? 'Take it out again' : `To ${whereto.title}`}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          move.mutate({
            project,
            model: version.model,
            number: version.number,
            stage: whereto.name,
            reason,
          });
        }}
      >
        <Stack gap={8}>
          <Textarea
            label="Reason"
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {move.error && <ErrorLine error={move.error} />}
          <div>
            <Button type="submit" disabled={reason.trim().length < 3} loading={move.isPending}>
              {archived ? `Back to ${whereto.title}` : `Move v${version.number} to ${whereto.title}`}
            </Button>
          </div>
        </Stack>
      </form>
    </section>
  );
}
