'use client';
import { Button, Select, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import type { ModelDetail } from '#server/features/models/models.schema.ts';

const MEAN = '';

/** What a model is for, which class its gates look at, and where it answers. */
export function ModelSettings({ model }: { model: ModelDetail }) {
  const project = useProject();
  return (
    <Stack gap={24}>
      <section>
        <h2>About</h2>
        <Facts
          items={[
            {
              term: 'Answers as',
              value:
                model.deployments.length > 0
                  ? model.deployments.map((name) => (
                      <div key={name}>
                        <Link className="link" href={`/${project.name}/deployments/${name}`}>
                          {name}
                        </Link>
                      </div>
                    ))
                  : 'not deployed yet',
            },
            {
              term: 'Gates',
              value: (
                <Link className="link" href={`/${project.name}/models/${model.name}/gates`}>
                  What a version must show
                </Link>
              ),
            },
            { term: 'Made', value: <DateTime at={model.createdAt} /> },
            !project.can('model:write') && { term: 'For', value: model.description || '–' },
            !project.can('model:write') && {
              term: 'Judged by',
              value: model.positive ? `F1 of ${model.positive}` : 'mean F1 of all classes',
            },
          ]}
        />
      </section>
      {project.can('model:write') && <SettingsForm model={model} />}
    </Stack>
  );
}

function SettingsForm({ model }: { model: ModelDetail }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const newest = model.versions[0];
  const version = useQuery({
    ...trpc.models.version.queryOptions({ project, model: model.name, number: newest?.number ?? 1 }),
    enabled: newest !== undefined,
  });
  const form = useForm({
    initialValues: { description: model.description, positive: model.positive ?? MEAN },
  });
  const save = useMutation(
    trpc.models.update.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: `${model.name} saved` });
        void queries.invalidateQueries(trpc.models.pathFilter());
      },
    }),
  );
  const classes = version.data?.signature.classes ?? (model.positive ? [model.positive] : []);
  return (
    <form
      onSubmit={form.onSubmit(({ description, positive }) =>
        save.mutate({
          project,
          model: model.name,
          expectedVersion: model.version,
          description,
          positive: positive || null,
        }),
      )}
    >
      <Stack gap={12}>
        <Textarea label="What it is for" autosize minRows={2} maxLength={500} {...form.getInputProps('description')} />
        <Select
          label="Class that the gates look at"
          description="Where no gates were set, versions are judged by its F1."
          allowDeselect={false}
          data={[{ value: MEAN, label: 'All classes, their mean' }, ...classes.map((name) => ({ value: name, label: name }))]}
          {...form.getInputProps('positive')}
        />
        {save.error && <ErrorLine error={save.error} />}
        <div>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            Save
          </Button>
        </div>
      </Stack>
    </form>
  );
}
