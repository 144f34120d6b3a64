import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { PlainShell } from '#components/shell/console-shell.tsx';
import { resolveSession } from '#server/auth/session.ts';
import { signInPath } from '#server/auth/sign-in-path.ts';

export default async function PlainLayout({ children }: { children: ReactNode }) {
  const requested = await headers();
  const session = await resolveSession(requested);
  if (!session) redirect(signInPath(requested));
  const { name, isAdmin } = session.actor;
  return <PlainShell person={{ name, email: session.email, isAdmin }}>{children}</PlainShell>;
}
