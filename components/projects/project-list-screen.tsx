'use client';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen } from '#components/ui/screen.tsx';
import s from './settings.module.css';

/** Where somebody without one open project stands: theirs to choose from, or what to do without any. */
export function ProjectListScreen({ isAdmin }: { isAdmin: boolean }) {
  const trpc = useTRPC();
  const mine = useQuery(trpc.projects.mine.queryOptions());
  return (
    <Screen head={<PageHead title="Projects" />}>
      <QueryGate query={mine} what="Your projects" rows={3} rowHeight={44}>
        {({ projects }) => (projects.length === 0 ? <NoProject isAdmin={isAdmin} /> : <Projects projects={projects} />)}
      </QueryGate>
    </Screen>
  );
}

type Project = { name: string; title: string; role: string; archived: boolean };

function Projects({ projects }: { projects: Project[] }) {
  return (
    <ul className={s.list}>
      {projects.map((project) => (
        <li key={project.name}>
          <Link href={`/${project.name}`} className={s.project}>
            <span className="strong">{project.title}</span>
            <span className="ink-3">{project.name}</span>
            {project.archived && <Chip>archived</Chip>}
            <span className="ink-2" style={{ marginLeft: 'auto' }}>
              you are {project.role}
            </span>
            <IconChevronRight size={16} stroke={1.75} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function NoProject({ isAdmin }: { isAdmin: boolean }) {
  if (isAdmin) {
    return (
      <EmptyState
        title="There is no project yet."
        explanation="A project holds data, runs, models and what is served, and the people who work on them. Make the first one, then invite the others."
        action={
          <Link className="link" href="/admin">
            Go to Administration and make a project
          </Link>
        }
      />
    );
  }
  return (
    <EmptyState
      title="You are in no project yet."
      explanation="Ask the admin of a project to add you with your e-mail, or an administrator of this installation. This page shows it as soon as you are in."
    />
  );
}
