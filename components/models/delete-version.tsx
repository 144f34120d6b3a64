'use client';
import { Button, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import type { DeletionPreview } from '#server/features/models/deletion.schema.ts';
import type { VersionDetail } from '#server/features/models/version-detail.schema.ts';
import s from './models.module.css';

/** Deletes a version, after showing what goes with it and what stays in the record. */
export function DeleteVersion({ version }: { version: VersionDetail }) {
  const [open, setOpen] = useState(false);
  const name = `${version.model} v${version.number}`;
  return (
    <section>
      <h2 className={s.sideTitle}>Delete it</h2>
      <p className="caption">Frees its graph. What it answered and who approved it stay in the record.</p>
      <Button mt={8} variant="outline" onClick={() => setOpen(true)}>
        Delete v{version.number}…
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={`Delete ${name}?`} closeButtonProps={{ 'aria-label': 'Close' }}>
        <DeletionForm version={version} name={name} onDone={() => setOpen(false)} />
      </Modal>
    </section>
  );
}

function DeletionForm({ version, name, onDone }: { version: VersionDetail; name: string; onDone: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const ref = { project, model: version.model, number: version.number };
  const preview = useQuery(trpc.models.previewDeletion.queryOptions(ref));
  const remove = useMutation(
    trpc.models.deleteVersion.mutationOptions({
      onSuccess: ({ freedBytes }) => {
        notifications.show({ message: `${name} is deleted. ${formatBytes(freedBytes)} will be freed.` });
        void queries.invalidateQueries(trpc.models.pathFilter());
        onDone();
      },
    }),
  );
  return (
    <QueryGate query={preview} what="What hangs on it" rows={4}>
      {(found) => (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            remove.mutate({ ...ref, reason });
          }}
        >
          <Stack gap={12}>
            <Hanging found={found} />
            {found.may.ok ? (
              <>
                <Textarea
                  label="Reason"
                  description="Kept for ever"
                  autosize
                  minRows={2}
                  value={reason}
                  onChange={(event) => setReason(event.currentTarget.value)}
                />
                <TextInput
                  label={`Type ${name} to confirm`}
                  value={typed}
                  onChange={(event) => setTyped(event.currentTarget.value)}
                />
                {remove.error && <ErrorLine error={remove.error} />}
                <div>
                  <Button
                    type="submit"
                    variant="filled"
                    data-danger
                    disabled={typed !== name || reason.trim().length < 3}
                    loading={remove.isPending}
                  >
                    Delete {name}
                  </Button>
                </div>
              </>
            ) : (
              <p className="bad">{found.may.why}</p>
            )}
          </Stack>
        </form>
      )}
    </QueryGate>
  );
}

function Hanging({ found: { goes, stays } }: { found: DeletionPreview }) {
  const held = goes.graphAlsoHeldBy;
  const graph =
    held.length > 0 ? `stays: ${held.join(', ')} ${held.length > 1 ? 'hold' : 'holds'} it too` : formatBytes(goes.bytes);
  const predictions = stays.predictions >= 10_000 ? '10,000 or more' : formatCount(stays.predictions, 'prediction');
  return (
    <Facts
      width={128}
      items={[
        { term: 'Goes: graph', value: graph },
        { term: 'Goes: figures', value: formatCount(goes.evaluations, 'evaluation') },
        { term: 'Stays: requests', value: formatCount(stays.requests, 'promotion request') },
        { term: 'Stays: stages', value: formatCount(stays.stageChanges, 'change of stage', 'changes of stage') },
        { term: 'Stays: answers', value: predictions },
        { term: 'Stays: rollouts', value: formatCount(stays.rollouts, 'rollout') },
        stays.run !== null && { term: 'Stays: run', value: stays.run },
      ]}
    />
  );
}
