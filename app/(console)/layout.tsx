import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { resolveSession } from '#server/auth/session.ts';
import { signInPath } from '#server/auth/sign-in-path.ts';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const requested = await headers();
  const session = await resolveSession(requested);
  if (!session) redirect(signInPath(requested));
  return children;
}
