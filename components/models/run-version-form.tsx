'use client';
import { Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import s from './models.module.css';
import { VersionFields, validateVersion } from './version-fields.tsx';

/** Makes the graph of a finished run the next version of a model. */
export function RunVersionForm({ source, model }: { source: { experiment: string; run: string }; model: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { name: project } = useProject();
  const run = useQuery(trpc.experiments.run.queryOptions({ project, ...source }));
  const form = useForm({ initialValues: { model, positive: '', note: '' }, validate: validateVersion });
  const register = useMutation(
    trpc.models.registerRun.mutationOptions({
      onSuccess: ({ model: name, number }) => {
        void queries.invalidateQueries(trpc.models.pathFilter());
        router.push(`/${project}/models/${name}/${number}`);
      },
    }),
  );
  return (
    <QueryGate query={run} what={`The run ${source.run}`}>
      {(data) => (
        <form
          className={s.form}
          onSubmit={form.onSubmit(({ positive, ...values }) =>
            register.mutate({ project, runId: data.id, ...values, ...(positive ? { positive } : {}) }),
          )}
        >
          <Stack gap={16}>
            <Facts
              items={[
                { term: 'Run', value: data.name },
                { term: 'Experiment', value: data.experiment },
                data.dataset !== null && { term: 'Learned from', value: `${data.dataset.name} v${data.dataset.number}` },
                { term: 'Classes', value: data.signature?.classes?.join(', ') ?? '–' },
              ]}
            />
            <VersionFields form={form} classes={data.signature?.classes ?? []} />
            {register.error && <ErrorLine error={register.error} />}
            <div>
              <Button type="submit" variant="filled" loading={register.isPending}>
                Register the version
              </Button>
            </div>
          </Stack>
        </form>
      )}
    </QueryGate>
  );
}
