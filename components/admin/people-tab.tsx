'use client';
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { DateTime, RelativeTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Section } from '#components/ui/screen.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { Person } from '#server/features/people/people.schema.ts';
import s from './admin.module.css';
import { DeactivatePerson } from './deactivate-person.tsx';
import { InvitePerson } from './invite-person.tsx';
import { LinkDialog, type ShownLink } from './link-dialog.tsx';
import { OpenInvites } from './open-invites.tsx';
import { PersonActions } from './person-actions.tsx';

const COLUMNS: Column<Person>[] = [
  {
    id: 'name',
    head: 'Name',
    sort: (person) => person.name,
    cell: (person) => (
      <>
        <span className="strong">{person.name}</span> {person.isAdmin && <Chip>administrator</Chip>}
      </>
    ),
  },
  { id: 'email', head: 'E-mail', sort: (person) => person.email, cell: (person) => person.email },
  {
    id: 'projects',
    head: 'Projects',
    cell: (person) =>
      person.projects.map((project) => `${project.name} (${project.role})`).join(', ') || <span className="ink-3">none</span>,
    hideBelow: 1100,
  },
  {
    id: 'signIn',
    head: 'Signs in by',
    width: 120,
    sort: (person) => person.signIn,
    cell: (person) => person.signIn,
    hideBelow: 1440,
  },
  {
    id: 'sessions',
    head: 'Sessions',
    width: 72,
    align: 'right',
    sort: (person) => person.openSessions,
    cell: (person) => person.openSessions,
    hideBelow: 1280,
  },
  {
    id: 'seen',
    head: 'Last seen',
    width: 112,
    sort: (person) => person.lastSeenAt,
    cell: (person) => (person.lastSeenAt ? <RelativeTime at={person.lastSeenAt} /> : <span className="ink-3">never</span>),
  },
  {
    id: 'since',
    head: 'Here since',
    width: 104,
    sort: (person) => person.createdAt,
    cell: (person) => <DateTime at={person.createdAt} form="day" />,
    hideBelow: 1440,
  },
  {
    id: 'state',
    head: 'State',
    width: 120,
    sort: (person) => person.deactivatedAt,
    cell: (person) =>
      person.deactivatedAt ? <StatePill state="stopped">deactivated</StatePill> : <span className="ink-3">active</span>,
  },
];

/** Everybody of this installation, and what an administrator does for them. */
export function PeopleTab() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [inviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<Person | null>(null);
  const [link, setLink] = useState<ShownLink | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.people.pathKey() });
  const people = useQuery(trpc.people.list.queryOptions());
  return (
    <>
      <Section
        padded
        title="People"
        actions={
          <Button variant="filled" onClick={() => setInviting(true)}>
            Invite person…
          </Button>
        }
      >
        {failure !== null && <ErrorLine error={failure} />}
      </Section>
      <div className={s.table}>
        <DataTable
          label="People"
          columns={COLUMNS}
          rows={people.data?.people}
          error={people.error}
          onRetry={() => void people.refetch()}
          rowKey={(person) => person.id}
          inset
          actionsWidth={80}
          actions={(person) => (
            <PersonActions
              person={person}
              onLink={setLink}
              onDeactivate={() => setLeaving(person)}
              onFailure={setFailure}
              onDone={refresh}
            />
          )}
        />
      </div>
      <OpenInvites />
      <InvitePerson opened={inviting} onClose={() => setInviting(false)} onLink={setLink} onDone={refresh} />
      <DeactivatePerson person={leaving} onClose={() => setLeaving(null)} onDone={refresh} />
      <LinkDialog link={link} onClose={() => setLink(null)} />
    </>
  );
}
