'use client';
import { Button, Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount, formatNumber } from '#components/ui/format.ts';
import s from '../labeling.module.css';
import type { FormValues, VersionFacts } from './form-values.ts';
import { ANY_PART, beginForm, rowsToChooseFrom, showable, toInput } from './form-values.ts';
import { LabelsEditor } from './labels-editor.tsx';

/** The question, its labels, what is shown, and which rows. */
export function CreateForm({ version }: { version: VersionFacts }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { name: project } = useProject();
  const form = useForm<FormValues>({ initialValues: beginForm(version) });
  const create = useMutation(
    trpc.labeling.create.mutationOptions({
      onSuccess: async (made) => {
        await queries.invalidateQueries(trpc.labeling.list.queryFilter());
        router.push(`/${project}/labeling/${made.name}`);
      },
    }),
  );
  const submit = form.onSubmit((values) => {
    const result = toInput(version, values);
    if (!result.ok) return form.setErrors(result.errors);
    create.mutate({ project, ...result.input });
  });
  const parts = version.profile?.parts ?? [];
  const available = rowsToChooseFrom(version, form.values);
  const labeled = version.columns.some((column) => column.kind === 'label');
  return (
    <form className={s.form} onSubmit={submit} noValidate>
      <div className={s.two}>
        <TextInput
          label="Name"
          description="Lower-case letters, digits and hyphens; it stands in the address."
          placeholder="september-mail"
          {...form.getInputProps('name')}
        />
        <TextInput
          label="Question"
          description="What the annotator is asked."
          placeholder="Is it spam?"
          {...form.getInputProps('question')}
        />
      </div>
      <LabelsEditor form={form} />
      <Textarea
        label="Guideline"
        description="Markdown: ## titles, **bold**, - lists. It stands beside the item, and can be changed later."
        minRows={6}
        {...form.getInputProps('guideline')}
      />
      <Checkbox.Group
        label="Show these columns"
        error={form.errors.columns}
        value={form.values.columns}
        onChange={(columns) => form.setFieldValue('columns', columns)}
      >
        <div className={s.checks}>
          {showable(version).map((column) => (
            <Checkbox
              key={column.name}
              value={column.name}
              label={
                <>
                  {column.name} <span className="ink-3">{column.kind}</span>
                </>
              }
            />
          ))}
        </div>
      </Checkbox.Group>
      <fieldset className={s.fieldset}>
        <legend className={s.legend}>Which rows</legend>
        <div className={s.two}>
          <Select
            label="Part"
            allowDeselect={false}
            data={[
              { value: ANY_PART, label: 'All parts' },
              ...parts.map((part) => ({ value: part.name, label: `${part.name} (${formatCount(part.rows, 'row')})` })),
            ]}
            {...form.getInputProps('split')}
          />
          <NumberInput label="How many, at random" min={1} max={50_000} allowDecimal={false} {...form.getInputProps('n')} />
          <NumberInput
            label="Seed"
            description="The same seed draws the same rows."
            min={0}
            allowDecimal={false}
            {...form.getInputProps('seed')}
          />
          <NumberInput
            label="Minutes in hand"
            description="After this time without a sign of life others get the item."
            min={0.5}
            max={60}
            {...form.getInputProps('leaseMinutes')}
          />
        </div>
        {labeled && (
          <Checkbox mt={12} label="Only rows without a label" {...form.getInputProps('onlyUnlabeled', { type: 'checkbox' })} />
        )}
        {available !== null && (
          <p className={available === 0 ? 'warn' : 'caption'} style={{ marginTop: 8 }}>
            {available === 0
              ? 'No row is like this: every one has a label already.'
              : `${formatNumber(available)} rows to choose from.`}
          </p>
        )}
      </fieldset>
      {create.error && <ErrorLine error={create.error} />}
      <div className={s.acts}>
        <Button type="submit" variant="filled" loading={create.isPending} disabled={available === 0}>
          Make the labeling project
        </Button>
        <Button onClick={() => router.push(`/${project}/labeling`)}>Cancel</Button>
      </div>
    </form>
  );
}
