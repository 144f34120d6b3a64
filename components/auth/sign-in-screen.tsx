'use client';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { Shape } from '#components/ui/shape.tsx';
import s from './auth.module.css';
import { AuthPage } from './auth-page.tsx';
import { signInReason } from './sign-in-words.ts';

type Props = { provider: string | null; needsSetUp: boolean; error: string | null; next: string };

/** Sign-in by password, and by the identity provider where one is configured. */
export function SignInScreen({ provider, needsSetUp, error, next }: Props) {
  const [refusal, setRefusal] = useState(error);
  const [busy, setBusy] = useState<'password' | 'provider' | null>(null);
  // Browsers fill the fields in before this page is alive, so their values are read when they are sent.
  const alive = useMounted();

  const byPassword = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setBusy('password');
    setRefusal(null);
    const credentials = { email: String(data.get('email')), password: String(data.get('password')) };
    const result = await signIn('credentials', { ...credentials, redirect: false }).catch(() => null);
    if (result?.ok && !result.error) return window.location.assign(next);
    setRefusal(result?.error ?? 'unavailable');
    setBusy(null);
  };
  const byProvider = async () => {
    setBusy('provider');
    await signIn('oidc', { callbackUrl: next }).catch(() => setRefusal('OAuthSignin'));
  };

  return (
    <AuthPage
      title="Sign in"
      foot="Forgotten your password? An administrator of this installation can send you a link for a new one."
    >
      <form className={s.form} method="post" onSubmit={byPassword}>
        {needsSetUp && (
          <p className={s.hint}>
            Nobody can sign in yet. Open the link that the server printed when it started: it makes the first administrator.
          </p>
        )}
        {refusal !== null && (
          <p className={s.refusal} role="alert">
            <Shape name="cross" />
            <span>{signInReason(refusal)}</span>
          </p>
        )}
        {provider !== null && (
          <>
            <Button fullWidth size="md" loading={busy === 'provider'} onClick={byProvider}>
              Continue with {provider}
            </Button>
            <div className={s.or}>or</div>
          </>
        )}
        <TextInput
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          size="md"
        />
        <PasswordInput label="Password" name="password" autoComplete="current-password" required withAsterisk={false} size="md" />
        <Button type="submit" variant="filled" size="md" fullWidth disabled={!alive} loading={busy === 'password'}>
          Sign in
        </Button>
      </form>
    </AuthPage>
  );
}
