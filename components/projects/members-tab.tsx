'use client';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { refresh as reread } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';
import { useConfirm } from '#components/ui/confirm.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Section } from '#components/ui/screen.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { Role } from '#server/auth/roles.ts';
import type { Member } from '#server/features/projects/members.schema.ts';
import { AddMember } from './add-member.tsx';
import { InvitesSection } from './invites-section.tsx';
import { RoleSelect } from './role-select.tsx';
import s from './settings.module.css';

/** The people of the project; whoever manages members changes them in place. */
export function MembersTab() {
  const project = useProject();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const confirm = useConfirm();
  const [failure, setFailure] = useState<unknown>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.projects.members.pathKey() });
  useLive(['member.'], () => reread(queryClient, { queryKey: trpc.projects.members.pathKey() }));
  const members = useQuery(trpc.projects.members.list.queryOptions({ project: project.name }));
  const options = { onSuccess: () => setFailure(null), onError: (error: unknown) => setFailure(error), onSettled: refresh };
  const change = useMutation(trpc.projects.members.changeRole.mutationOptions(options));
  const remove = useMutation(trpc.projects.members.remove.mutationOptions(options));
  const manages = project.can('member:manage');

  const onRemove = async (member: Member) => {
    const body = `${member.name} loses access at once. What they did stays under their name, and tokens that they made go on.`;
    if (!(await confirm({ title: `Remove ${member.name} from ${project.title}?`, body, verb: 'Remove member', danger: true })))
      return;
    await remove.mutateAsync({ project: project.name, userId: member.userId, expected: member.role });
    notifications.show({ message: `${member.name} is no longer a member.` });
  };
  const onChange = (member: Member, role: Role) => {
    if (role !== member.role) change.mutate({ project: project.name, userId: member.userId, role, expected: member.role });
  };

  return (
    <>
      {manages && <AddMember onDone={refresh} />}
      {failure !== null && (
        <Section padded>
          <ErrorLine error={failure} />
        </Section>
      )}
      <div className={s.table}>
        <DataTable
          label="Members"
          columns={columnsOf(manages, change.isPending, onChange)}
          rows={members.data?.members}
          error={members.error}
          onRetry={() => void members.refetch()}
          rowKey={(member) => member.userId}
          rowHeight={36}
          inset
          actionsWidth={128}
          initialSort={{ id: 'name', desc: false }}
          {...(manages
            ? {
                actions: (member: Member) => (
                  <Button size="xs" variant="outline" onClick={() => void onRemove(member).catch(() => undefined)}>
                    Remove…
                  </Button>
                ),
              }
            : {})}
        />
      </div>
      {manages && <InvitesSection />}
    </>
  );
}

function columnsOf(manages: boolean, busy: boolean, onChange: (member: Member, role: Role) => void): Column<Member>[] {
  return [
    { id: 'name', head: 'Name', sort: (member) => member.name, cell: (member) => <span className="strong">{member.name}</span> },
    { id: 'email', head: 'E-mail', sort: (member) => member.email, cell: (member) => member.email, hideBelow: 1100 },
    {
      id: 'role',
      head: 'Role',
      width: 168,
      sort: (member) => member.role,
      cell: (member) =>
        manages ? (
          <RoleSelect
            hideLabel
            label={`Role of ${member.name}`}
            value={member.role}
            disabled={busy}
            onChange={(role) => onChange(member, role)}
          />
        ) : (
          member.role
        ),
    },
    {
      id: 'state',
      head: 'State',
      width: 128,
      cell: (member) =>
        member.deactivated ? <StatePill state="stopped">deactivated</StatePill> : <span className="ink-3">active</span>,
      hideBelow: 1280,
    },
    {
      id: 'since',
      head: 'Since',
      width: 120,
      sort: (member) => member.since,
      cell: (member) => <DateTime at={member.since} form="day" />,
    },
  ];
}
