import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { ConsoleShell } from '#components/shell/console-shell.tsx';
import { describeError } from '#components/ui/describe-error.ts';
import { resolveSession } from '#server/auth/session.ts';
import { signInPath } from '#server/auth/sign-in-path.ts';
import { getCaller } from '#server/trpc/server.ts';

type Props = { params: Promise<{ project: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project } = await params;
  return { title: { default: project, template: `%s · ${project} · Stagecraft` } };
}

export default async function ProjectLayout({ params, children }: Props) {
  const { project: name } = await params;
  const requested = await headers();
  const session = await resolveSession(requested);
  if (!session) redirect(signInPath(requested));
  const caller = await getCaller();
  const [project, mine] = await Promise.all([caller.projects.get({ project: name }), caller.projects.mine()]).catch(
    (error: unknown) => {
      if (describeError(error).code === 'NOT_FOUND') notFound();
      throw error;
    },
  );
  const person = { name: session.actor.name, email: session.email, isAdmin: session.actor.isAdmin };
  const { title, role, scopes, stages } = project;
  const info = { name: project.name, title, role, scopes, stages };
  return (
    <ConsoleShell person={person} project={info} projects={mine.projects.filter((other) => !other.archived)}>
      {children}
    </ConsoleShell>
  );
}
