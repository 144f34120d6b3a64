'use client';
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import s from '../datasets.module.css';
import { SplitEditor, splitProblem } from './split-editor.tsx';

/** Divides the rows of a version anew, as a further version. */
export function NewSplitDialog({ version, onClose }: { version: VersionDetail; onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { name: project } = useProject();
  const times = version.columns.filter((column) => column.kind === 'time').map((column) => column.name);
  const [split, setSplit] = useState(version.split?.rule ?? { kind: 'none' as const });
  const [note, setNote] = useState('');
  const make = useMutation(
    trpc.datasets.newSplit.mutationOptions({
      onSuccess: (made) => router.push(`/${project}/datasets/${version.dataset}/${made.number}`),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ project, versionId: version.id, split, note });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Divide ${version.dataset} v${version.number} anew?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit} className={s.stack}>
        <p className="ink-2">The rows stay as they are. The new split becomes a further version; this one doesn’t change.</p>
        <SplitEditor split={split} onChange={setSplit} timeColumns={times} />
        <TextInput label="Note" maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        {make.error && <ErrorLine error={make.error} />}
        <div className={s.acts}>
          <Button
            type="submit"
            variant="filled"
            loading={make.isPending || make.isSuccess}
            disabled={splitProblem(split) !== null}
          >
            Make the version
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Modal>
  );
}
