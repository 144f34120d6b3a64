'use client';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { Invite } from '#server/features/projects/members.schema.ts';
import s from './settings.module.css';

const COLUMNS: Column<Invite>[] = [
  { id: 'email', head: 'E-mail', cell: (invite) => invite.email },
  { id: 'role', head: 'Role', width: 168, cell: (invite) => invite.role ?? '–' },
  { id: 'by', head: 'Invited by', width: 160, cell: (invite) => invite.invitedBy ?? '–', hideBelow: 1100 },
  { id: 'expires', head: 'Works until', width: 140, cell: (invite) => <DateTime at={invite.expiresAt} /> },
];

/** Invitations that nobody has taken yet; not drawn while there is none. */
export function InvitesSection() {
  const project = useProject();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const invites = useQuery(trpc.projects.members.invites.queryOptions({ project: project.name }));
  const revoke = useMutation(
    trpc.projects.members.revokeInvite.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.projects.members.invites.pathKey() }),
    }),
  );
  if (!invites.error && !invites.data?.invites.length) return null;
  return (
    <>
      <Section padded title="Waiting to join">
        {revoke.error ? <ErrorLine error={revoke.error} /> : null}
      </Section>
      <div className={s.table}>
        <DataTable
          label="Open invitations"
          columns={COLUMNS}
          rows={invites.data?.invites}
          error={invites.error}
          onRetry={() => void invites.refetch()}
          rowKey={(invite) => invite.id}
          inset
          actionsWidth={128}
          actions={(invite) => (
            <Button size="xs" variant="outline" onClick={() => revoke.mutate({ project: project.name, id: invite.id })}>
              Take back
            </Button>
          )}
        />
      </div>
    </>
  );
}
