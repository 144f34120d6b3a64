'use client';
import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen, Section } from '#components/ui/screen.tsx';
import type { Me } from '#server/features/people/people.schema.ts';
import s from './account.module.css';
import { PasswordForm } from './password-form.tsx';
import { SessionsSection } from './sessions-section.tsx';

/** What everybody may see and change about themselves: name, password, sessions, and (another slice's) notifications. */
export function AccountScreen({ notifications: preferences }: { notifications?: ReactNode }) {
  const trpc = useTRPC();
  const me = useQuery(trpc.people.account.me.queryOptions());
  return (
    <Screen
      head={<PageHead title="Your account" state={me.data?.isAdmin ? <Chip>administrator</Chip> : undefined} />}
      padded={false}
    >
      <Section padded title="You" caption={me.data?.email}>
        <QueryGate query={me} what="Your account" rows={2}>
          {(data) => <NameForm key={data.name} me={data} />}
        </QueryGate>
      </Section>
      <Section padded divided title="Password">
        <QueryGate query={me} what="Your account" rows={2}>
          {(data) =>
            data.hasPassword ? (
              <PasswordForm email={data.email} />
            ) : (
              <p className="ink-2">You sign in without a password. An administrator can send you a link to set one.</p>
            )
          }
        </QueryGate>
      </Section>
      {preferences}
      <SessionsSection />
    </Screen>
  );
}

function NameForm({ me }: { me: Me }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [name, setName] = useState(me.name);
  const rename = useMutation(
    trpc.people.account.rename.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: 'Your name is changed. Records keep the name they were written with.' });
        router.refresh();
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.people.account.me.queryKey() }),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate({ name });
  };
  return (
    <form className={s.row} onSubmit={submit}>
      <TextInput
        label="Name"
        autoComplete="name"
        required
        withAsterisk={false}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" loading={rename.isPending} disabled={name.trim() === '' || name === me.name}>
        Change name
      </Button>
      {rename.error && <ErrorLine error={rename.error} />}
    </form>
  );
}
