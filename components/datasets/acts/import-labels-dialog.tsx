'use client';
import { Button, Modal, Radio, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { Bar } from '#components/ui/progress.tsx';
import { UploadDrop } from '#components/ui/upload-drop.tsx';
import type { VersionDetail } from '#server/features/datasets/versions.schema.ts';
import s from '../datasets.module.css';
import { useUpload } from '../use-upload.ts';

/** Labels from a file onto rows, by their key, as a further version. */
export function ImportLabelsDialog({ version, onClose }: { version: VersionDetail; onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { name: project } = useProject();
  const upload = useUpload();
  const keys = [...version.columns.filter((column) => column.kind === 'key').map((column) => column.name), '_row'];
  const [keyColumn, setKeyColumn] = useState(keys[0] ?? '_row');
  const [mode, setMode] = useState<'fill' | 'overwrite'>('fill');
  const [note, setNote] = useState('');
  const make = useMutation(
    trpc.datasets.importLabels.mutationOptions({
      onSuccess: (made) => router.push(`/${project}/datasets/${version.dataset}/${made.number}`),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (upload.file) make.mutate({ project, versionId: version.id, uploadId: upload.file.id, keyColumn, mode, note });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Import labels into ${version.dataset} v${version.number}?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit} className={s.stack}>
        <p className="ink-2">
          A CSV with the columns key and label (source is optional), or JSON lines with the same names. What names no row goes to
          quarantine. The labels become a further version; this one doesn’t change.
        </p>
        {upload.file ? (
          <p>
            <span className="strong">{upload.file.filename}</span> <span className="ink-3">{formatBytes(upload.file.size)}</span>{' '}
            <Button size="xs" variant="subtle" onClick={upload.reset}>
              Take another file
            </Button>
          </p>
        ) : (
          <UploadDrop
            label="Drop the labels here, or choose the file"
            hint="CSV or JSON lines"
            busy={upload.share !== null}
            onDrop={upload.send}
          />
        )}
        {upload.share !== null && <Bar share={upload.share} label="Sending the file" />}
        {upload.error !== null && <ErrorLine error={upload.error} />}
        <Select
          label="The key in the file is"
          description="_row is the position of the row, from 0."
          allowDeselect={false}
          data={keys}
          value={keyColumn}
          onChange={(value) => value && setKeyColumn(value)}
        />
        <Radio.Group
          label="Rows that have a label already"
          value={mode}
          onChange={(value) => setMode(value === 'overwrite' ? 'overwrite' : 'fill')}
        >
          <Radio value="fill" label="keep it" mt={4} />
          <Radio value="overwrite" label="get the one from the file" mt={4} />
        </Radio.Group>
        <TextInput label="Note" maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        {make.error && <ErrorLine error={make.error} />}
        <div className={s.acts}>
          <Button type="submit" variant="filled" loading={make.isPending || make.isSuccess} disabled={!upload.file}>
            Import labels
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Modal>
  );
}
