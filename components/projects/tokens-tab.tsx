'use client';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { refresh as reread } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';
import { useConfirm } from '#components/ui/confirm.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { DateTime, RelativeTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Section } from '#components/ui/screen.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { ApiToken } from '#server/features/projects/tokens.schema.ts';
import { CreateToken } from './create-token.tsx';
import s from './settings.module.css';

const COLUMNS: Column<ApiToken>[] = [
  { id: 'name', head: 'Name', sort: (token) => token.name, cell: (token) => <span className="strong">{token.name}</span> },
  { id: 'prefix', head: 'Begins with', width: 112, cell: (token) => <span className="mono">{token.prefix}…</span> },
  { id: 'scopes', head: 'May', cell: (token) => <span className="mono">{token.scopes.join(' ')}</span> },
  {
    id: 'by',
    head: 'Made by',
    width: 128,
    sort: (token) => token.createdBy,
    cell: (token) => token.createdBy ?? '–',
    hideBelow: 1280,
  },
  {
    id: 'used',
    head: 'Last used',
    width: 112,
    sort: (token) => token.lastUsedAt,
    cell: (token) => (token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : <span className="ink-3">never</span>),
  },
  {
    id: 'expires',
    head: 'Expires',
    width: 112,
    sort: (token) => token.expiresAt,
    cell: (token) => (token.expiresAt ? <DateTime at={token.expiresAt} form="day" /> : 'never'),
  },
  { id: 'state', head: 'State', width: 104, cell: (token) => <TokenState state={token.state} /> },
];

function TokenState({ state }: { state: ApiToken['state'] }) {
  if (state === 'active') return <StatePill state="done">active</StatePill>;
  return <StatePill state="stopped">{state}</StatePill>;
}

/** The tokens by which programs reach this project. */
export function TokensTab() {
  const project = useProject();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const confirm = useConfirm();
  const [creating, setCreating] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.projects.tokens.pathKey() });
  useLive(['token.'], () => reread(queryClient, { queryKey: trpc.projects.tokens.pathKey() }));
  const tokens = useQuery(trpc.projects.tokens.list.queryOptions({ project: project.name }));
  const revoke = useMutation(trpc.projects.tokens.revoke.mutationOptions({ onSettled: refresh }));
  const onRevoke = async (token: ApiToken) => {
    const body = 'Programs that use it are refused from now on. This can’t be undone; a new token can be made.';
    if (await confirm({ title: `Revoke ${token.name}?`, body, verb: 'Revoke token', danger: true }))
      revoke.mutate({ project: project.name, id: token.id });
  };
  return (
    <>
      <Section
        padded
        title="API tokens"
        caption="for programs: predictions, outcomes, runs and data of this project"
        actions={
          <Button variant="filled" onClick={() => setCreating(true)}>
            Create token…
          </Button>
        }
      >
        {revoke.error ? <ErrorLine error={revoke.error} /> : null}
      </Section>
      <div className={s.table}>
        <DataTable
          label="API tokens"
          columns={COLUMNS}
          rows={tokens.data?.tokens}
          error={tokens.error}
          onRetry={() => void tokens.refetch()}
          rowKey={(token) => token.id}
          inset
          actionsWidth={128}
          actions={(token) =>
            token.state === 'active' ? (
              <Button size="xs" variant="outline" onClick={() => void onRevoke(token)}>
                Revoke…
              </Button>
            ) : null
          }
          empty={
            <EmptyState
              compact
              title="No token yet."
              explanation="A program needs one to ask for predictions or to write runs. It is shown once, when it is made."
            />
          }
        />
      </div>
      <CreateToken opened={creating} onClose={() => setCreating(false)} onCreated={refresh} />
    </>
  );
}
