'use client';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { ImportColumn } from '#server/features/datasets/columns.schema.ts';
import { importColumnsSchema } from '#server/features/datasets/columns.schema.ts';
import { datasetName } from '#server/features/datasets/datasets.schema.ts';
import type { Inspection, UploadView } from '#server/features/datasets/uploads.schema.ts';
import { SplitEditor, splitProblem } from '../acts/split-editor.tsx';
import s from '../datasets.module.css';

/** Name, description and split, and the button that begins the import. */
export function CreateForm({ file, upload, columns }: { file: Inspection; upload: UploadView; columns: ImportColumn[] }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { name: project } = useProject();
  const [name, setName] = useState(() => suggestName(upload.filename));
  const [description, setDescription] = useState('');
  const [chosen, setSplit] = useState(file.split);
  const times = columns.filter((column) => column.kind === 'time').map((column) => column.name);
  const split = chosen.kind === 'time' && !times.includes(chosen.column) ? fallback(chosen.parts, times) : chosen;
  const create = useMutation(
    trpc.datasets.create.mutationOptions({
      onSuccess: (made) => router.push(`/${project}/datasets/${made.dataset}/${made.number}`),
    }),
  );
  const nameProblem = datasetName.safeParse(name).error?.issues[0]?.message ?? null;
  const columnsProblem = importColumnsSchema.safeParse(columns).error?.issues[0]?.message ?? null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({
      project,
      name,
      description,
      uploadId: upload.id,
      format: file.format,
      options: file.options,
      columns,
      split,
    });
  };
  return (
    <>
      <Section title="3. Which rows are for what" divided>
        <div className={s.form}>
          <SplitEditor split={split} onChange={setSplit} timeColumns={times} />
        </div>
      </Section>
      <Section title="4. Its name" divided>
        <form onSubmit={submit} className={s.form}>
          <TextInput
            label="Name"
            required
            value={name}
            error={name === '' ? null : nameProblem}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            label="Description"
            description="What it is and where it comes from"
            autosize
            minRows={2}
            maxLength={2000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          {columnsProblem && <ErrorLine error={{ message: columnsProblem }} />}
          {create.error && <ErrorLine error={create.error} />}
          <div className={s.acts}>
            <Button
              type="submit"
              variant="filled"
              loading={create.isPending || create.isSuccess}
              disabled={nameProblem !== null || columnsProblem !== null || splitProblem(split) !== null}
            >
              Create the dataset
            </Button>
            <span className="caption">The import runs in the background; you see how far it is.</span>
          </div>
        </form>
      </Section>
    </>
  );
}

function fallback(parts: { name: string; share: number }[], times: string[]) {
  const column = times[0];
  return column === undefined ? ({ kind: 'random', seed: 1, parts } as const) : ({ kind: 'time', column, parts } as const);
}

function suggestName(filename: string): string {
  const name = filename
    .replace(/(\.(csv|tsv|txt|json|jsonl|ndjson|parquet|tar|gz|tgz))+$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
  return datasetName.safeParse(name).success ? name : '';
}
