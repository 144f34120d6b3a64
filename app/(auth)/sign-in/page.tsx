import type { Metadata } from 'next';
import { SignInScreen } from '#components/auth/sign-in-screen.tsx';
import { safeNext } from '#components/auth/sign-in-words.ts';
import { getCaller } from '#server/trpc/server.ts';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<{ error?: string; next?: string }> };

export default async function SignInPage({ searchParams }: Props) {
  const [{ error, next }, caller] = await Promise.all([searchParams, getCaller()]);
  const { provider, needsSetUp } = await caller.people.signInOptions();
  return <SignInScreen provider={provider} needsSetUp={needsSetUp} error={error ?? null} next={safeNext(next)} />;
}
