'use client';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/shell/trpc.ts';
import { useConfirm } from '#components/ui/confirm.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Section } from '#components/ui/screen.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { ListedProject } from '#server/features/projects/projects.schema.ts';
import s from './admin.module.css';
import { CreateProject } from './create-project.tsx';

const COLUMNS: Column<ListedProject>[] = [
  {
    id: 'title',
    head: 'Title',
    sort: (project) => project.title,
    cell: (project) => <span className="strong">{project.title}</span>,
  },
  { id: 'name', head: 'Name', sort: (project) => project.name, cell: (project) => <span className="mono">{project.name}</span> },
  { id: 'members', head: 'Members', align: 'right', sort: (project) => project.members, cell: (project) => project.members },
  {
    id: 'made',
    head: 'Made',
    width: 128,
    sort: (project) => project.createdAt,
    cell: (project) => <DateTime at={project.createdAt} form="day" />,
  },
  {
    id: 'state',
    head: 'State',
    width: 128,
    sort: (project) => project.archivedAt,
    cell: (project) =>
      project.archivedAt ? <StatePill state="stopped">archived</StatePill> : <span className="ink-3">in use</span>,
  },
];

/** Every project of this installation: made and archived here. */
export function ProjectsTab() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const confirm = useConfirm();
  const [creating, setCreating] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.projects.pathKey() });
  const projects = useQuery(trpc.projects.list.queryOptions());
  const archive = useMutation(trpc.projects.archive.mutationOptions({ onSettled: refresh }));
  const unarchive = useMutation(trpc.projects.unarchive.mutationOptions({ onSettled: refresh }));
  const failure = archive.error ?? unarchive.error;
  const onArchive = async (project: ListedProject) => {
    const body =
      'It can still be read. Nothing in it can be changed, and its API tokens stop, so its deployments no longer answer. You can take it out of the archive again.';
    if (!(await confirm({ title: `Archive ${project.title}?`, body, verb: 'Archive project', danger: true }))) return;
    await archive.mutateAsync({ name: project.name, version: project.version });
    notifications.show({ message: `${project.title} is archived.` });
  };
  const create = (
    <Button variant="filled" onClick={() => setCreating(true)}>
      Create project…
    </Button>
  );
  return (
    <>
      <Section
        padded
        title="Projects"
        caption="data, runs, models and what is served, with the people who work on them"
        actions={projects.data?.projects.length ? create : null}
      >
        {failure ? <ErrorLine error={failure} /> : null}
      </Section>
      <div className={s.table}>
        <DataTable
          label="Projects"
          columns={COLUMNS}
          rows={projects.data?.projects}
          error={projects.error}
          onRetry={() => void projects.refetch()}
          rowKey={(project) => project.id}
          href={(project) => `/${project.name}`}
          inset
          actionsWidth={128}
          actions={(project) =>
            project.archivedAt ? (
              <Button size="xs" onClick={() => unarchive.mutate({ name: project.name, version: project.version })}>
                Unarchive
              </Button>
            ) : (
              <Button size="xs" variant="outline" onClick={() => void onArchive(project).catch(() => undefined)}>
                Archive…
              </Button>
            )
          }
          empty={
            <EmptyState
              compact
              title="There is no project yet."
              explanation="Make the first one; then invite people into it from its settings."
              action={create}
            />
          }
        />
      </div>
      <CreateProject opened={creating} onClose={() => setCreating(false)} onCreated={refresh} />
    </>
  );
}
