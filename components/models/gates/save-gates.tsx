'use client';
import { Button, Modal, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import type { GateRule } from '#server/domain/gates.schema.ts';

/** Asks why, then saves the gates; null takes the model's own list away. */
export function SaveGates({
  model,
  revision,
  rules,
  changes,
  onClose,
  onSaved,
}: {
  /** Left out: they become the project's, for every model without a list of its own. */
  model: string | undefined;
  revision: number;
  rules: GateRule[] | null;
  /** What the edit changes for past versions, in sentences. */
  changes: readonly string[];
  onClose: () => void;
  onSaved: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const [reason, setReason] = useState('');
  const save = useMutation(
    trpc.models.gates.save.mutationOptions({
      onSuccess: async () => {
        notifications.show({ message: `The gates of ${model ?? 'the project'} are saved.` });
        await queries.invalidateQueries(trpc.models.gates.pathFilter());
        onSaved();
      },
    }),
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={rules ? `Save the gates of ${model ?? 'the project'}?` : `Use the project’s gates for ${model}?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ project, ...(model === undefined ? {} : { model }), expectedRevision: revision, rules, reason });
        }}
      >
        <Stack gap={12}>
          {changes.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {model === undefined && <p>They count for every model of the project that has no gates of its own.</p>}
          <p className="ink-2">Open requests are judged again by the new gates before anything is promoted.</p>
          <Textarea
            label="Reason"
            description="Required, kept for ever"
            autosize
            minRows={2}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {save.error && <ErrorLine error={save.error} />}
          <div>
            <Button type="submit" variant="filled" loading={save.isPending} disabled={reason.trim().length < 3}>
              Save gates
            </Button>
          </div>
        </Stack>
      </form>
    </Modal>
  );
}
