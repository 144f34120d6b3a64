'use client';
import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Section } from '#components/ui/screen.tsx';
import s from './settings.module.css';

/** The project itself: its title can be changed, its name stands in addresses and stays. */
export function ProjectTab() {
  const project = useProject();
  const trpc = useTRPC();
  const query = useQuery(trpc.projects.get.queryOptions({ project: project.name }));
  return (
    <Section padded title="This project">
      <QueryGate query={query} what="The project" rows={3}>
        {(data) => (
          <div className={s.narrow}>
            <Facts
              items={[
                { term: 'Name', value: <span className="mono">{data.name}</span> },
                { term: 'Made', value: <DateTime at={data.createdAt} form="day" /> },
                { term: 'State', value: data.archived ? 'archived: it can be read, nothing in it can be changed' : 'in use' },
              ]}
            />
            {project.can('member:manage') && <TitleForm key={data.version} title={data.title} version={data.version} />}
          </div>
        )}
      </QueryGate>
    </Section>
  );
}

function TitleForm({ title: before, version }: { title: string; version: number }) {
  const project = useProject();
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [title, setTitle] = useState(before);
  const rename = useMutation(
    trpc.projects.rename.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: 'The title is changed.' });
        router.refresh();
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.projects.pathKey() }),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate({ project: project.name, title, version });
  };
  return (
    <form className={s.add} onSubmit={submit} style={{ marginTop: 16 }}>
      <TextInput
        label="Title"
        required
        withAsterisk={false}
        maxLength={100}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Button type="submit" loading={rename.isPending} disabled={title.trim() === '' || title === before}>
        Change title
      </Button>
      {rename.error && <ErrorLine error={rename.error} />}
    </form>
  );
}
