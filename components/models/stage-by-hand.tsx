'use client';
import { Button, Select, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { ascending, isUp, roleOf, titleOf } from '#server/domain/stages.ts';
import type { VersionDetail } from '#server/features/models/version-detail.schema.ts';
import s from './models.module.css';

/** Moves a version down, or out of the archive, by one's own word and with a reason. */
export function StageByHand({ version }: { version: VersionDetail }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project, stages } = useProject();
  const targets = ascending(stages)
    .filter(({ name }) => name !== version.stage)
    .filter(({ name, role }) => role === 'start' || role === 'end' || (role === 'gate' && !isUp(stages, version.stage, name)));
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const move = useMutation(
    trpc.models.setStage.mutationOptions({
      onSuccess: () => {
        setReason('');
        setChosen(null);
        void queries.invalidateQueries(trpc.models.pathFilter());
      },
    }),
  );
  const archived = roleOf(stages, version.stage) === 'end';
  const usual = targets.find(({ role }) => role === (archived ? 'start' : 'end'))?.name ?? targets[0]?.name ?? null;
  const stage = chosen ?? usual;
  if (!stage) return null;
  return (
    <section>
      <h2 className={s.sideTitle}>{archived ? 'Take it out again' : 'Move it down'}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          move.mutate({ project, model: version.model, number: version.number, stage, reason });
        }}
      >
        <Stack gap={8}>
          {targets.length > 1 && (
            <Select
              label="To"
              allowDeselect={false}
              data={targets.map(({ name, title }) => ({ value: name, label: title }))}
              value={stage}
              onChange={setChosen}
            />
          )}
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
              Move v{version.number} to {titleOf(stages, stage)}
            </Button>
          </div>
        </Stack>
      </form>
    </section>
  );
}
