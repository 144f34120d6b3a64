'use client';
import { Button, Select, Stack, TagsInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { UploadDrop } from '#components/ui/upload-drop.tsx';
import type { Signature } from '#server/domain/signature.ts';
import { DatasetChoice } from './dataset-choice.tsx';
import s from './models.module.css';
import { uploadFile } from './upload-file.ts';
import { VersionFields, validateVersion } from './version-fields.tsx';

type Looked = { uploadId: string; filename: string; sizeBytes: number; signature: Signature; providers: string[] };

/** Uploads an ONNX file, shows what it holds, and registers it once the person has said what it doesn't say itself. */
export function UploadVersionForm({ model }: { model: string }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const inspect = useMutation(trpc.models.inspectUpload.mutationOptions());
  const [looked, setLooked] = useState<Looked | null>(null);
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const { id } = await uploadFile(project, file);
      return { uploadId: id, ...(await inspect.mutateAsync({ project, uploadId: id })) };
    },
    onSuccess: setLooked,
  });
  if (looked) return <Details key={looked.uploadId} looked={looked} model={model} onAnother={() => setLooked(null)} />;
  return (
    <div className={s.form}>
      <UploadDrop
        label="Drop an ONNX file here, or choose one"
        hint="A classifier: one value a row for each input, and probabilities by class. It is opened in a process of its own."
        accept={{ 'application/octet-stream': ['.onnx'] }}
        busy={upload.isPending}
        onDrop={(files) => files[0] && upload.mutate(files[0])}
      />
      {upload.error && <ErrorLine error={upload.error} />}
    </div>
  );
}

function Details({ looked, model, onAnother }: { looked: Looked; model: string; onAnother: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { name: project } = useProject();
  const { signature } = looked;
  const form = useForm({
    initialValues: {
      model,
      positive: '',
      note: '',
      classes: signature.classes ?? [],
      kinds: Object.fromEntries(signature.fields.map(({ name, kind }) => [name, kind as string])),
      datasetVersionId: '',
    },
    validate: {
      ...validateVersion,
      classes: (value) => (value.length < 2 ? 'Name at least two classes, in the order of the probabilities.' : null),
    },
  });
  const register = useMutation(
    trpc.models.registerUpload.mutationOptions({
      onSuccess: ({ model: name, number }) => {
        void queries.invalidateQueries(trpc.models.pathFilter());
        router.push(`/${project}/models/${name}/${number}`);
      },
    }),
  );
  const submit = form.onSubmit(({ positive, kinds, datasetVersionId, ...values }) =>
    register.mutate({
      project,
      uploadId: looked.uploadId,
      ...values,
      fields: signature.fields.map(({ name, kind }) => ({ name, kind: kindOf(kinds[name]) ?? kind })),
      ...(positive ? { positive } : {}),
      ...(datasetVersionId ? { datasetVersionId } : {}),
    }),
  );
  return (
    <form className={s.form} onSubmit={submit}>
      <Stack gap={16}>
        <Facts
          items={[
            { term: 'File', value: `${looked.filename}, ${formatBytes(looked.sizeBytes)}` },
            { term: 'Takes', value: signature.inputs.map((input) => `${input.name} ${input.datatype}`).join(', ') },
            { term: 'Gives', value: signature.outputs.map((output) => `${output.name} ${output.datatype}`).join(', ') },
            { term: 'Runs on', value: looked.providers.join(', ') },
          ]}
        />
        <TagsInput
          label="Classes"
          description={
            signature.classes
              ? 'As the graph names them.'
              : 'The graph doesn’t name its classes. Give them in the order of its probabilities.'
          }
          readOnly={signature.classes !== null}
          {...form.getInputProps('classes')}
        />
        {signature.fields.map(({ name, kind }) =>
          kind === 'number' ? null : (
            <Select
              key={name}
              label={`What ${name} is`}
              allowDeselect={false}
              data={[
                { value: 'text', label: 'text' },
                { value: 'category', label: 'category' },
              ]}
              {...form.getInputProps(`kinds.${name}`)}
            />
          ),
        )}
        <DatasetChoice
          label="Learned from"
          description="The dataset version that it was trained on, if it lies here. Without it nobody can tell whether it has seen the rows that it is judged on."
          value={form.getValues().datasetVersionId}
          onChange={(value) => form.setFieldValue('datasetVersionId', value)}
        />
        <VersionFields form={form} classes={form.getValues().classes} />
        {register.error && <ErrorLine error={register.error} />}
        <div>
          <Button type="submit" variant="filled" loading={register.isPending}>
            Register the version
          </Button>{' '}
          <Button variant="subtle" onClick={onAnother}>
            Another file
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function kindOf(value: string | undefined): 'text' | 'number' | 'category' | undefined {
  return value === 'text' || value === 'number' || value === 'category' ? value : undefined;
}
