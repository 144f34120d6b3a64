import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { resolveSession } from '#server/auth/session.ts';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const session = await resolveSession(await headers());
  if (!session) redirect('/sign-in');
  return children;
}
