import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { PlainShell } from '#components/shell/console-shell.tsx';
import { resolveSession } from '#server/auth/session.ts';

export default async function PlainLayout({ children }: { children: ReactNode }) {
  const session = await resolveSession(await headers());
  if (!session) redirect('/sign-in');
  const { name, isAdmin } = session.actor;
  return <PlainShell person={{ name, email: session.email, isAdmin }}>{children}</PlainShell>;
}
