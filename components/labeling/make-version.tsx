'use client';
import { Button, Modal, Radio, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import type { LabelingDetail } from '#server/features/labeling/labeling.schema.ts';
import s from './labeling.module.css';

/** Turns the finished labels into a new version of the dataset that they came from. */
export function MakeVersion({ labeling, onClose }: { labeling: LabelingDetail; onClose: () => void }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const { dataset } = labeling.source;
  const versions = useQuery(trpc.datasets.get.queryOptions({ project, dataset }));
  const [parentId, setParentId] = useState<string | null>(null);
  const [mode, setMode] = useState('fill');
  const [note, setNote] = useState('');
  const make = useMutation(trpc.labeling.makeVersion.mutationOptions());
  const ready = (versions.data?.versions ?? []).filter((version) => version.status === 'ready');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({
      project,
      labeling: labeling.name,
      mode: mode === 'overwrite' ? 'overwrite' : 'fill',
      note,
      ...(parentId ? { parentId } : {}),
    });
  };
  const made = make.data;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Make a version of ${dataset} with ${formatCount(labeling.counts.done, 'label')}?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {made ? (
        <>
          <p className="ink-2">
            {made.dataset} v{made.number} is being built with {formatCount(made.labels, 'label')} of {labeling.name}. Its lineage
            names both.
          </p>
          <div className={s.acts} style={{ marginTop: 16 }}>
            <Button variant="filled" component={Link} href={`/${project}/datasets/${made.dataset}/${made.number}`}>
              Open {made.dataset} v{made.number}
            </Button>
            <Button onClick={onClose}>Stay here</Button>
          </div>
        </>
      ) : (
        <form onSubmit={submit}>
          <Select
            label="Built on"
            description="The new version has its rows and these labels."
            placeholder="The newest version that is ready"
            clearable
            mb={12}
            data={ready.map((version) => ({
              value: version.id,
              label: `${dataset} v${version.number}${version.note ? `: ${version.note}` : ''}`,
            }))}
            value={parentId}
            onChange={setParentId}
          />
          <Radio.Group label="Rows that have a label already" value={mode} onChange={setMode} mb={12}>
            <Radio value="fill" label="keep it" mt={4} />
            <Radio value="overwrite" label="get the one from this labeling project" mt={4} />
          </Radio.Group>
          <TextInput
            label="Note"
            placeholder={`${formatCount(labeling.counts.done, 'label')} of ${labeling.name}`}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            mb={16}
          />
          {make.error && <ErrorLine error={make.error} />}
          <div className={s.acts}>
            <Button type="submit" variant="filled" loading={make.isPending}>
              Make the version
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
