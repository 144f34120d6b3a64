'use client';
import { Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import s from './account.module.css';

/** Changes one's own password; the other sessions end by it. */
export function PasswordForm({ email }: { email: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { current: '', next: '' },
    validate: { next: (value) => (value.length < 10 ? 'At least 10 characters, please.' : null) },
  });
  const change = useMutation(
    trpc.people.account.changePassword.mutationOptions({
      onSuccess: ({ sessionsEnded }) => {
        form.reset();
        notifications.show({
          message:
            sessionsEnded === 0
              ? 'Your password is changed.'
              : `Your password is changed; other sessions ended: ${sessionsEnded}.`,
        });
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.people.account.sessions.queryKey() }),
    }),
  );
  return (
    <form className={s.column} onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordInput
        label="Current password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        {...form.getInputProps('current')}
      />
      <PasswordInput
        label="New password"
        description="At least 10 characters. Your other sessions end."
        autoComplete="new-password"
        required
        withAsterisk={false}
        {...form.getInputProps('next')}
      />
      {change.error && <ErrorLine error={change.error} />}
      <Button type="submit" loading={change.isPending} disabled={form.values.current === '' || form.values.next === ''}>
        Change password
      </Button>
    </form>
  );
}
