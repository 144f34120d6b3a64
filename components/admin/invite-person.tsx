'use client';
import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import s from './admin.module.css';
import type { ShownLink } from './link-dialog.tsx';

type Props = { opened: boolean; onClose: () => void; onLink: (link: ShownLink) => void; onDone: () => void };

/** Invites a person into the installation; the link is shown for the administrator to send. */
export function InvitePerson({ opened, onClose, onLink, onDone }: Props) {
  const trpc = useTRPC();
  const form = useForm({
    initialValues: { email: '', isAdmin: false },
    validate: { email: (value) => (/^\S+@\S+\.\S+$/.test(value) ? null : 'This is no e-mail address.') },
  });
  const invite = useMutation(trpc.people.invite.mutationOptions({ onSettled: onDone }));
  const close = () => {
    onClose();
    form.reset();
    invite.reset();
  };
  const submit = form.onSubmit(async (values) => {
    const made = await invite.mutateAsync(values).catch(() => null);
    if (!made) return;
    close();
    onLink({
      title: `Invitation of ${values.email}`,
      path: made.path,
      note: `Send this link to ${values.email} yourself. It works once, for 7 days; inviting again makes a new one.`,
    });
  });
  return (
    <Modal opened={opened} onClose={close} title="Who is invited?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className={s.form} onSubmit={submit} noValidate>
        <TextInput label="E-mail" type="email" required withAsterisk={false} data-autofocus {...form.getInputProps('email')} />
        <Checkbox
          size="sm"
          label="As administrator of this installation"
          description="Others join projects: their admins add them, or you do in the project’s settings."
          {...form.getInputProps('isAdmin', { type: 'checkbox' })}
        />
        {invite.error && <ErrorLine error={invite.error} />}
        <div className={s.acts}>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="filled" loading={invite.isPending}>
            Make link
          </Button>
        </div>
      </form>
    </Modal>
  );
}
