'use client';
import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen, Section } from '#components/ui/screen.tsx';
import { urlNameSchema } from '#server/domain/names.ts';
import { DEFAULT_PLAN } from '#server/features/deployments/plan.schema.ts';
import type { ModelSummary } from '#server/features/models/models.schema.ts';
import s from './deployments.module.css';
import { planErrors } from './plan-errors.ts';
import { PlanFields } from './plan-fields.tsx';

/** Sets up a name that programs can call, and how new versions will take over under it. */
export function NewDeploymentScreen({ model }: { model: string | null }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const models = useQuery(trpc.models.list.queryOptions({ project }));
  return (
    <Screen head={<PageHead crumbs={[{ label: 'Deployments', href: `/${project}/deployments` }]} title="New deployment" />}>
      <QueryGate query={models} what="The models">
        {(data) => <Form models={data} chosen={model ?? data[0]?.name ?? null} />}
      </QueryGate>
    </Screen>
  );
}

function Form({ models, chosen }: { models: ModelSummary[]; chosen: string | null }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { name: project } = useProject();
  const [model, setModel] = useState(chosen);
  const [name, setName] = useState(chosen ?? '');
  const [plan, setPlan] = useState(DEFAULT_PLAN);
  const [tried, setTried] = useState(false);
  const create = useMutation(
    trpc.deployments.create.mutationOptions({
      onSuccess: (made) => {
        void queries.invalidateQueries(trpc.deployments.pathFilter());
        router.push(`/${project}/deployments/${made.name}`);
      },
    }),
  );
  const errors = planErrors(plan);
  const nameCheck = urlNameSchema.safeParse(name);
  const nameError = nameCheck.success ? null : (nameCheck.error.issues[0]?.message ?? null);
  const known = models.find((one) => one.name === model);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (model && nameCheck.success && Object.keys(errors).length === 0) create.mutate({ project, name, model, plan });
      }}
    >
      <Stack gap={24} className={s.form}>
        <Section title="What answers">
          <Stack gap={12}>
            <Select
              label="Model"
              description={known && whoAnswers(known)}
              data={models.map((one) => one.name)}
              value={model}
              onChange={setModel}
              required
              allowDeselect={false}
              error={tried && !model ? 'Choose a model.' : undefined}
            />
            <TextInput
              label="Name"
              description="What programs call: it stands in the address, and stays the same when versions change."
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              error={tried ? nameError : undefined}
            />
          </Stack>
        </Section>
        <Section
          title="How a new version takes over"
          caption="each step is judged against the version in production, on error rate, latency and accuracy"
        >
          <PlanFields plan={plan} errors={errors} onChange={setPlan} />
        </Section>
        {create.error && <ErrorLine error={create.error} />}
        <div>
          <Button type="submit" variant="filled" loading={create.isPending}>
            Deploy {name || 'the model'}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function whoAnswers(model: ModelSummary): string {
  if (model.production) return `v${model.production.number} is in production and answers at once.`;
  return 'No version is in production yet. The first one that is approved will answer.';
}
