import { randomUUID } from 'node:crypto';
import type { Actor } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { enqueue } from '#server/platform/queue/queue.ts';
import { consoleUrl } from './console-url.service.ts';
import type { NotificationKind } from './kinds.schema.ts';
import { deliverWebhookJob } from './notifications.jobs.ts';
import { findProjectName, findSubscribed, insertDelivery } from './webhooks.repo.ts';
import type { WebhookBody } from './webhooks.schema.ts';

type Told = {
  kind: NotificationKind | 'webhook.test';
  title: string;
  text?: string;
  href: string;
  data?: Record<string, unknown>;
};

/** Puts an event into the queue of each webhook of the project that wants its kind, in the transaction of the event. */
export async function queueWebhooks(tx: Tx, projectId: string, actor: Actor, told: Told, now: Date): Promise<void> {
  const webhooks = await findSubscribed(tx, projectId, told.kind);
  if (webhooks.length === 0) return;
  const body = await bodyOf(tx, projectId, actor, told, now);
  for (const { id } of webhooks) await queueDelivery(tx, projectId, id, told.kind, body, now);
}

/** Puts one body into the queue of one webhook. */
export async function queueDelivery(
  tx: Tx,
  projectId: string,
  webhookId: string,
  kind: string,
  body: string,
  now: Date,
  redeliveryOf?: string,
): Promise<{ id: string }> {
  const row = { projectId, webhookId, kind, body, nextAttemptAt: now, ...(redeliveryOf ? { redeliveryOf } : {}) };
  const delivery = await insertDelivery(tx, row);
  await enqueue(tx, deliverWebhookJob, { projectId, webhookId });
  return delivery;
}

/** The body of an event, as it is signed and sent. */
export async function bodyOf(tx: Tx, projectId: string, actor: Actor, told: Told, now: Date): Promise<string> {
  const body: WebhookBody = {
    id: randomUUID(),
    event: told.kind,
    at: now.toISOString(),
    project: await findProjectName(tx, projectId),
    actor: { kind: actor.kind, name: actor.name },
    title: told.title,
    text: told.text ?? '',
    url: `${await consoleUrl()}${told.href}`,
    data: told.data ?? {},
  };
  return JSON.stringify(body);
}
