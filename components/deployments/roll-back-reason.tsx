'use client';
import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import type { RolloutDetail } from '#server/features/deployments/rollouts.schema.ts';
import s from './deployments.module.css';

/** Rolling back asks nothing first; the reason is asked for here, afterwards. */
export function RollBackReason({ rollout }: { rollout: RolloutDetail }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const project = useProject();
  const [reason, setReason] = useState('');
  const explain = useMutation(
    trpc.rollouts.explain.mutationOptions({ onSettled: () => void queries.invalidateQueries(trpc.rollouts.pathFilter()) }),
  );
  if (!rollout.waitsForReason || !project.can('deployment:write')) return null;
  return (
    <form
      className={s.reason}
      onSubmit={(event) => {
        event.preventDefault();
        explain.mutate({ project: project.name, deployment: rollout.deployment, number: rollout.number, reason });
      }}
    >
      <Group gap={8} align="flex-end">
        <TextInput
          label="Why was it rolled back?"
          description="For the record; whoever asks later finds it here."
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          style={{ flex: 1 }}
        />
        <Button type="submit" disabled={reason.trim().length < 3} loading={explain.isPending}>
          Give the reason
        </Button>
      </Group>
      {explain.error && <ErrorLine error={explain.error} />}
    </form>
  );
}
