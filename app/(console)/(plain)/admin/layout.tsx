import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { resolveSession } from '#server/auth/session.ts';

export default async function AdministrationLayout({ children }: { children: ReactNode }) {
  const session = await resolveSession(await headers());
  if (!session?.actor.isAdmin) notFound();
  return children;
}
