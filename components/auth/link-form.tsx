'use client';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import type { LinkDetail } from '#server/features/people/links.schema.ts';
import s from './auth.module.css';
import { linkWords } from './link-words.ts';

const PASSWORD_MIN = 10;

/** What a person gives to take a one-time link: who they are where that is new, and a password. Then it signs in. */
export function LinkForm({ link, token }: { link: LinkDetail; token: string }) {
  const trpc = useTRPC();
  const take = useMutation(trpc.people.takeLink.mutationOptions());
  const [entering, setEntering] = useState(false);
  const needsEmail = link.email === null;
  const needsName = link.kind !== 'reset';
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', name: '', password: '' },
    validate: {
      email: (value) => (needsEmail && !/^\S+@\S+\.\S+$/.test(value) ? 'This is no e-mail address.' : null),
      name: (value) => (needsName && value.trim() === '' ? 'Give the name by which the others will know you.' : null),
      password: (value) => (value.length < PASSWORD_MIN ? `At least ${PASSWORD_MIN} characters, please.` : null),
    },
  });
  const submit = form.onSubmit(async ({ email, name, password }) => {
    const taken = await take
      .mutateAsync({ token, password, ...(needsName ? { name } : {}), ...(needsEmail ? { email } : {}) })
      .catch(() => null);
    if (!taken) return;
    setEntering(true);
    const result = await signIn('credentials', { email: taken.email, password, redirect: false }).catch(() => null);
    window.location.assign(
      result?.ok && !result.error ? '/' : `/sign-in?error=${encodeURIComponent(result?.error ?? 'unavailable')}`,
    );
  });
  return (
    <form className={s.form} onSubmit={submit} noValidate>
      {needsEmail && (
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          size="md"
          required
          withAsterisk={false}
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
      )}
      {needsName && (
        <TextInput
          label="Name"
          autoComplete="name"
          size="md"
          required
          withAsterisk={false}
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
      )}
      {!needsEmail && <input type="hidden" name="username" autoComplete="username" value={link.email ?? ''} readOnly />}
      <PasswordInput
        label="Password"
        description={`At least ${PASSWORD_MIN} characters.`}
        autoComplete="new-password"
        size="md"
        required
        withAsterisk={false}
        key={form.key('password')}
        {...form.getInputProps('password')}
      />
      {take.error && <ErrorLine error={take.error} />}
      <Button type="submit" variant="filled" size="md" fullWidth loading={take.isPending || entering}>
        {linkWords(link).verb}
      </Button>
    </form>
  );
}
