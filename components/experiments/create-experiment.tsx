'use client';
import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { zod4Resolver } from 'mantine-form-zod-resolver';
import { useRouter } from 'next/navigation';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { createExperimentInput } from '#server/features/experiments/experiments.schema.ts';
import { experimentPath } from './paths.ts';

/** Names a new experiment; its page then offers the launch. */
export function CreateExperiment({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="New experiment" closeButtonProps={{ 'aria-label': 'Close' }}>
      <CreateForm onClose={onClose} />
    </Modal>
  );
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { name: project } = useProject();
  const form = useForm({ initialValues: { name: '', description: '' }, validate: zod4Resolver(createExperimentInput) });
  const create = useMutation(
    trpc.experiments.create.mutationOptions({
      onSuccess: ({ name }) => {
        void queries.invalidateQueries(trpc.experiments.pathFilter());
        router.push(experimentPath(project, name));
      },
    }),
  );
  return (
    <form onSubmit={form.onSubmit((values) => create.mutate({ project, ...values }))} noValidate>
      <Stack gap={16}>
        <TextInput
          label="Name"
          description="Small letters, digits and hyphens; it stands in the address."
          placeholder="spam-filter"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Textarea
          label="What it is to find out"
          description="May stay empty."
          autosize
          minRows={2}
          {...form.getInputProps('description')}
        />
        {create.error && <ErrorLine error={create.error} />}
        <Group gap={8} justify="flex-end">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={create.isPending}>
            Create experiment
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
