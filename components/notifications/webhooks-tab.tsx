'use client';
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLive } from '#components/shell/live.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { refresh as reread } from '#components/shell/refresh.ts';
import { useTRPC } from '#components/shell/trpc.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { Section } from '#components/ui/screen.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { Webhook } from '#server/features/notifications/webhooks.schema.ts';
import s from './notifications.module.css';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookLog } from './webhook-log.tsx';

const COLUMNS: Column<Webhook>[] = [
  {
    id: 'name',
    head: 'Name',
    width: 180,
    sort: (hook) => hook.name,
    cell: (hook) => <span className="strong">{hook.name}</span>,
  },
  { id: 'url', head: 'Sent to', cell: (hook) => <span className="mono truncate">{hook.url}</span> },
  {
    id: 'kinds',
    head: 'Events',
    width: 96,
    cell: (hook) => <span title={hook.kinds.join('\n')}>{formatCount(hook.kinds.length, 'kind')}</span>,
  },
  { id: 'by', head: 'Made by', width: 128, hideBelow: 1280, cell: (hook) => hook.createdBy ?? '–' },
  {
    id: 'last',
    head: 'Last event',
    width: 120,
    cell: (hook) => (hook.last ? <RelativeTime at={hook.last.at} /> : <span className="ink-3">none yet</span>),
  },
  { id: 'state', head: 'State', width: 136, cell: (hook) => <WebhookState hook={hook} /> },
];

function WebhookState({ hook }: { hook: Webhook }) {
  if (!hook.enabled) return <StatePill state="stopped">switched off</StatePill>;
  if (hook.failingSince) return <StatePill state="failed">fails</StatePill>;
  if (hook.last?.status === 'waiting') return <StatePill state="running">on its way</StatePill>;
  return <StatePill state={hook.last ? 'done' : 'none'}>{hook.last ? 'arrives' : 'nothing sent'}</StatePill>;
}

/** Where this project's events are sent; choosing one opens its log. */
export function WebhooksTab() {
  const project = useProject();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [editing, setEditing] = useState<Webhook | 'new' | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
  useLive(['webhook.'], () => reread(client, { queryKey: trpc.webhooks.pathKey() }));
  const query = useQuery(trpc.webhooks.list.queryOptions({ project: project.name }));
  const open = query.data?.webhooks.find((hook) => hook.id === openId) ?? null;
  const add = (
    <Button variant="filled" onClick={() => setEditing('new')}>
      Add webhook…
    </Button>
  );
  return (
    <>
      <Section
        padded
        title="Webhooks"
        caption="events of this project, sent to other programs"
        actions={query.data?.webhooks.length ? add : undefined}
      >
        {null}
      </Section>
      <div className={s.table}>
        <DataTable
          label="Webhooks"
          columns={COLUMNS}
          rows={query.data?.webhooks}
          error={query.error}
          onRetry={() => void query.refetch()}
          rowKey={(hook) => hook.id}
          onOpen={(hook) => setOpenId(hook.id === openId ? null : hook.id)}
          current={openId}
          inset
          actionsWidth={112}
          actions={(hook) => (
            <Button size="xs" onClick={() => setEditing(hook)}>
              Change…
            </Button>
          )}
          empty={
            <EmptyState
              compact
              title="No webhook yet."
              explanation="A webhook tells another program when a promotion is asked for, a rollout ends or an alert is raised. Each event is signed, and sent again until it arrives."
              action={add}
            />
          }
        />
      </div>
      {open && <WebhookLog key={open.id} hook={open} onRemoved={() => setOpenId(null)} />}
      {editing && (
        <WebhookForm hook={editing === 'new' ? null : editing} onClose={() => setEditing(null)} onSaved={() => void refresh()} />
      )}
    </>
  );
}
