'use client';
import { Autocomplete, Select, Textarea } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { isUrlName } from '#server/domain/names.ts';

export type VersionValues = { model: string; positive: string; note: string };
export const MEAN = '';

export const validateVersion = {
  model: (value: string) =>
    isUrlName(value) ? null : 'Use small letters, digits, hyphens, dots and underscores; begin and end with a letter or a digit.',
};

/** What every new version needs: the model that it belongs to, the class its gates look at, a note. */
export function VersionFields<V extends VersionValues>({
  form,
  classes,
}: {
  form: UseFormReturnType<V>;
  classes: readonly string[];
}) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const models = useQuery(trpc.models.list.queryOptions({ project }));
  const name = form.getValues().model;
  const known = models.data?.find((one) => one.name === name);
  return (
    <>
      <Autocomplete
        label="Model"
        description={
          known
            ? `It becomes v${(known.latest?.number ?? 0) + 1} of ${known.name}.`
            : 'The name of a model of this project, or a new one.'
        }
        data={(models.data ?? []).map((one) => one.name)}
        required
        {...form.getInputProps('model')}
      />
      {!known?.positive && classes.length > 0 && (
        <Select
          label="Class that the gates look at"
          description="Before a version moves up, this class is judged by its F1."
          allowDeselect={false}
          data={[{ value: MEAN, label: 'All classes, their mean' }, ...classes.map((one) => ({ value: one, label: one }))]}
          {...form.getInputProps('positive')}
        />
      )}
      <Textarea
        label="Note"
        description="What is new about it"
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('note')}
      />
    </>
  );
}
