'use client';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { Invite } from '#server/features/projects/members.schema.ts';
import s from './admin.module.css';

const COLUMNS: Column<Invite>[] = [
  {
    id: 'email',
    head: 'E-mail',
    cell: (invite) => (
      <>
        {invite.email} {invite.isAdmin && <Chip>administrator</Chip>}
      </>
    ),
  },
  { id: 'by', head: 'Invited by', width: 200, cell: (invite) => invite.invitedBy ?? '–' },
  { id: 'expires', head: 'Works until', width: 160, cell: (invite) => <DateTime at={invite.expiresAt} /> },
];

/** Invitations that nobody has taken yet; not drawn while there is none. */
export function OpenInvites() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const invites = useQuery(trpc.people.invites.queryOptions());
  const revoke = useMutation(
    trpc.people.revokeInvite.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.people.invites.queryKey() }),
    }),
  );
  if (!invites.error && !invites.data?.invites.length) return null;
  return (
    <>
      <Section padded title="Waiting to join" caption="without a project">
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
            <Button size="xs" variant="outline" onClick={() => revoke.mutate({ id: invite.id })}>
              Take back
            </Button>
          )}
        />
      </div>
    </>
  );
}
