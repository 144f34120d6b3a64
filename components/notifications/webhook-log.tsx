'use client';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { useConfirm } from '#components/ui/confirm.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import type { Column } from '#components/ui/data-table-types.ts';
import { DateTime, RelativeTime } from '#components/ui/date-time.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatDuration } from '#components/ui/format.ts';
import { Section } from '#components/ui/screen.tsx';
import { Finding } from '#components/ui/sentence.tsx';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { Delivery, Webhook } from '#server/features/notifications/webhooks.schema.ts';
import s from './notifications.module.css';
import { WebhookSecret } from './webhook-secret.tsx';
import { WebhookTries } from './webhook-tries.tsx';

const COLUMNS: Column<Delivery>[] = [
  { id: 'kind', head: 'Event', cell: (one) => <span className="mono">{one.kind}</span> },
  { id: 'at', head: 'When', width: 160, cell: (one) => <DateTime at={one.createdAt} seconds /> },
  { id: 'state', head: 'State', width: 176, cell: (one) => <DeliveryState one={one} /> },
  { id: 'tries', head: 'Tries', width: 64, align: 'right', cell: (one) => one.attempts },
  { id: 'status', head: 'Answer', width: 88, align: 'right', cell: (one) => one.tries.at(-1)?.status ?? '–' },
  { id: 'ms', head: 'Took', width: 88, align: 'right', cell: (one) => formatDuration(one.tries.at(-1)?.ms ?? null) },
  {
    id: 'error',
    head: 'Why not',
    hideBelow: 1280,
    cell: (one) => (one.status === 'delivered' ? '' : (one.tries.at(-1)?.error ?? '')),
  },
];

function DeliveryState({ one }: { one: Delivery }) {
  if (one.status === 'delivered') return <StatePill state="done">{one.redelivery ? 'arrived again' : 'arrived'}</StatePill>;
  if (one.status === 'failed') return <StatePill state="failed">given up</StatePill>;
  if (one.attempts === 0 || !one.nextAttemptAt) return <StatePill state="running">on its way</StatePill>;
  return (
    <StatePill state="waiting">
      again <RelativeTime at={one.nextAttemptAt} />
    </StatePill>
  );
}

/** What was sent to one webhook, each try with its answer, and what can be done with it. */
export function WebhookLog({ hook, onRemoved }: { hook: Webhook; onRemoved: () => void }) {
  const project = useProject();
  const trpc = useTRPC();
  const client = useQueryClient();
  const confirm = useConfirm();
  const [openId, setOpenId] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const onSettled = () => client.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
  const log = useQuery(trpc.webhooks.deliveries.queryOptions({ project: project.name, id: hook.id }));
  const test = useMutation(trpc.webhooks.test.mutationOptions({ onSettled }));
  const again = useMutation(trpc.webhooks.redeliver.mutationOptions({ onSettled }));
  const rotate = useMutation(trpc.webhooks.rotate.mutationOptions({ onSettled, onSuccess: (made) => setSecret(made.secret) }));
  const remove = useMutation(trpc.webhooks.remove.mutationOptions({ onSettled, onSuccess: onRemoved }));
  const target = { project: project.name, id: hook.id };
  const onRotate = async () => {
    const body =
      'A new secret is shown once. For a day deliveries carry a signature with each of the two, so that nothing is lost.';
    if (await confirm({ title: `Give ${hook.name} a new secret?`, body, verb: 'Make a new secret' })) rotate.mutate(target);
  };
  const onRemove = async () => {
    const body = 'Nothing is sent there any more, and its log goes with it.';
    if (await confirm({ title: `Remove ${hook.name}?`, body, verb: 'Remove webhook', danger: true })) remove.mutate(target);
  };
  const failure = test.error ?? again.error ?? rotate.error ?? remove.error;
  return (
    <>
      <Section
        padded
        divided
        title={`Sent to ${hook.name}`}
        caption="the newest 50; kept for 30 days"
        actions={
          <>
            <Button disabled={!hook.enabled} loading={test.isPending} onClick={() => test.mutate(target)}>
              Send a test
            </Button>
            <Button loading={rotate.isPending} onClick={() => void onRotate()}>
              New secret…
            </Button>
            <Button variant="outline" loading={remove.isPending} onClick={() => void onRemove()}>
              Remove…
            </Button>
          </>
        }
      >
        {hook.disabledReason && (
          <Finding tone="bad" title="This webhook was switched off.">
            {hook.disabledReason}
          </Finding>
        )}
        {failure && <ErrorLine error={failure} />}
      </Section>
      <div className={s.table}>
        <DataTable
          label={`Sent to ${hook.name}`}
          columns={COLUMNS}
          rows={log.data?.deliveries}
          error={log.error}
          onRetry={() => void log.refetch()}
          rowKey={(one) => one.id}
          onOpen={(one) => setOpenId(one.id === openId ? null : one.id)}
          current={openId}
          below={(one) => (one.id === openId ? <WebhookTries one={one} /> : null)}
          inset
          actionsWidth={112}
          actions={(one) =>
            one.status !== 'waiting' && hook.enabled ? (
              <Button size="xs" onClick={() => again.mutate({ project: project.name, deliveryId: one.id })}>
                Send again
              </Button>
            ) : null
          }
          empty={
            <EmptyState
              compact
              title="Nothing was sent yet."
              explanation="An event goes out as soon as it happens. A test shows whether the receiver answers."
            />
          }
        />
      </div>
      {secret && <WebhookSecret secret={secret} title={`A new secret for ${hook.name}`} onClose={() => setSecret(null)} />}
    </>
  );
}
