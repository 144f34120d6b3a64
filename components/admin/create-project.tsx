'use client';
import { Button, Modal, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { zod4Resolver } from 'mantine-form-zod-resolver';
import { useRouter } from 'next/navigation';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { createProjectInput } from '#server/features/projects/projects.schema.ts';
import s from './admin.module.css';

/** Makes a project and goes there. */
export function CreateProject({ opened, onClose, onCreated }: { opened: boolean; onClose: () => void; onCreated: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const form = useForm({ initialValues: { name: '', title: '' }, validate: zod4Resolver(createProjectInput) });
  const create = useMutation(
    trpc.projects.create.mutationOptions({
      onSuccess: ({ name }) => {
        onCreated();
        router.push(`/${name}`);
      },
    }),
  );
  const close = () => {
    onClose();
    form.reset();
    create.reset();
  };
  return (
    <Modal opened={opened} onClose={close} title="What is the project called?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className={s.form} onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
        <TextInput
          label="Title"
          description="How people read it."
          placeholder="Mail"
          required
          withAsterisk={false}
          data-autofocus
          {...form.getInputProps('title')}
        />
        <TextInput
          label="Name"
          description="Stands in addresses and calls, and stays. Lower-case letters, digits and hyphens."
          placeholder="mail"
          required
          withAsterisk={false}
          {...form.getInputProps('name')}
        />
        {create.error && <ErrorLine error={create.error} />}
        <div className={s.acts}>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="filled" loading={create.isPending || create.isSuccess}>
            Create project
          </Button>
        </div>
      </form>
    </Modal>
  );
}
