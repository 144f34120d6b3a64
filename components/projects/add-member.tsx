'use client';
import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Section } from '#components/ui/screen.tsx';
import { SecretOnce } from '#components/ui/secret-once.tsx';
import type { Role } from '#server/auth/roles.ts';
import { RoleSelect } from './role-select.tsx';
import s from './settings.module.css';

type Invited = { email: string; path: string };

/** Adds somebody by e-mail: at once when they are here, else by a one-time link that is shown here. */
export function AddMember({ onDone }: { onDone: () => void }) {
  const project = useProject();
  const trpc = useTRPC();
  const [role, setRole] = useState<Role>('annotator');
  const [invited, setInvited] = useState<Invited | null>(null);
  const add = useMutation(trpc.projects.members.add.mutationOptions({ onSettled: onDone }));
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const email = String(new FormData(form).get('email'));
    setInvited(null);
    const result = await add.mutateAsync({ project: project.name, email, role }).catch(() => null);
    if (!result) return;
    form.reset();
    if (result.outcome === 'invited') setInvited(result);
    else notifications.show({ message: `${result.name} is a member now.` });
  };
  return (
    <Section padded title="Add somebody" caption="who isn’t here yet gets a link that works once, for 7 days">
      <form className={s.add} method="post" onSubmit={submit}>
        <TextInput label="E-mail" type="email" name="email" required withAsterisk={false} />
        <RoleSelect label="Role" value={role} onChange={setRole} />
        <Button type="submit" loading={add.isPending}>
          Add to project
        </Button>
      </form>
      {add.error && <ErrorLine error={add.error} />}
      {invited && (
        <div className={s.notice}>
          <SecretOnce
            label={`Invitation of ${invited.email}`}
            value={`${window.location.origin}${invited.path}`}
            note={`Send this link to ${invited.email} yourself. It is shown only now; adding the same e-mail again makes a new one.`}
          />
        </div>
      )}
    </Section>
  );
}
