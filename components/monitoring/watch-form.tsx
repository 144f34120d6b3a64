'use client';
import { Button, Select } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { zod4Resolver } from 'mantine-form-zod-resolver';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { DEFAULT_SETTINGS, type MonitorSettings, monitorSettings } from '#server/features/monitoring/monitors.schema.ts';
import s from './monitoring.module.css';
import { SettingsFields } from './settings-fields.tsx';

/** Which deployment to watch, and how. */
export function WatchForm({
  deployments,
  initial,
  onCancel,
}: {
  deployments: string[];
  initial: string | null;
  onCancel: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { name: project } = useProject();
  const [deployment, setDeployment] = useState(
    initial !== null && deployments.includes(initial) ? initial : (deployments[0] ?? ''),
  );
  const form = useForm<MonitorSettings>({ initialValues: DEFAULT_SETTINGS, validate: zod4Resolver(monitorSettings) });
  const create = useMutation(
    trpc.monitoring.create.mutationOptions({
      onSuccess: async (made) => {
        await queries.invalidateQueries(trpc.monitoring.pathFilter());
        router.push(`/${project}/monitoring/${made.name}`);
      },
    }),
  );
  return (
    <form
      className={s.form}
      aria-label="Watch a deployment"
      onSubmit={form.onSubmit((settings) => create.mutate({ project, deployment, settings }))}
      noValidate
    >
      <h2>Watch a deployment</h2>
      <Select
        label="Deployment"
        description="Its requests are compared with the rows that the version in production learned from."
        allowDeselect={false}
        maw={320}
        data={deployments}
        value={deployment}
        onChange={(value) => setDeployment(value ?? '')}
      />
      <SettingsFields form={form} />
      {create.error && <ErrorLine error={create.error} />}
      <div className={s.acts}>
        <Button type="submit" variant="filled" loading={create.isPending}>
          Watch {deployment}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
