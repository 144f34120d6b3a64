import { redirect } from 'next/navigation';
import { ProjectListScreen } from '#components/projects/project-list-screen.tsx';
import { getCaller } from '#server/trpc/server.ts';

/** Who has one project goes there at once; others choose. */
export default async function StartPage() {
  const caller = await getCaller();
  const [{ projects }, me] = await Promise.all([caller.projects.mine(), caller.people.account.me()]);
  const [only, ...others] = projects.filter((project) => !project.archived);
  if (only && others.length === 0) redirect(`/${only.name}`);
  return <ProjectListScreen isAdmin={me.isAdmin} />;
}
