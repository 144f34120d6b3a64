'use client';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { DateTime, RelativeTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { OwnSession } from '#server/features/people/people.schema.ts';
import s from './account.module.css';

const COLUMNS: Column<OwnSession>[] = [
  {
    id: 'device',
    head: 'Where',
    cell: (session) => (
      <>
        {session.device} {session.current && <Chip tone="accent">this one</Chip>}
      </>
    ),
  },
  { id: 'begun', head: 'Signed in', width: 140, cell: (session) => <DateTime at={session.createdAt} /> },
  { id: 'seen', head: 'Last used', width: 120, cell: (session) => <RelativeTime at={session.lastSeenAt} /> },
  { id: 'expires', head: 'Ends', width: 140, cell: (session) => <DateTime at={session.expiresAt} />, hideBelow: 1100 },
];

/** Where I am signed in, and how to end it from here. */
export function SessionsSection() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const sessions = useQuery(trpc.people.account.sessions.queryOptions());
  const options = { onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.people.account.sessions.queryKey() }) };
  const end = useMutation(trpc.people.account.endSession.mutationOptions(options));
  const endOthers = useMutation(trpc.people.account.endOtherSessions.mutationOptions(options));
  const others = sessions.data?.sessions.filter((session) => !session.current).length ?? 0;
  const failure = end.error ?? endOthers.error;
  return (
    <>
      <Section
        padded
        divided
        title="Your sessions"
        caption="where you are signed in"
        actions={
          others > 0 && (
            <Button variant="outline" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
              End all others
            </Button>
          )
        }
      >
        {failure ? <ErrorLine error={failure} /> : null}
      </Section>
      <div className={s.table}>
        <DataTable
          label="Your sessions"
          columns={COLUMNS}
          rows={sessions.data?.sessions}
          error={sessions.error}
          onRetry={() => void sessions.refetch()}
          rowKey={(session) => session.id}
          inset
          actionsWidth={96}
          actions={(session) =>
            session.current ? null : (
              <Button size="xs" variant="outline" onClick={() => end.mutate({ id: session.id })}>
                End
              </Button>
            )
          }
        />
      </div>
    </>
  );
}
