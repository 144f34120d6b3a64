import { isIP } from 'node:net';
import type { ProjectScope } from '#server/auth/actor.ts';
import { config } from '#server/config.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { isUniqueViolation } from '#server/platform/db/errors.ts';
import { publish } from '#server/platform/events/events.ts';
import { isInternalAddress } from '#server/platform/http/internal-address.ts';
import { failWaiting, findDeliveries, findDelivery } from './deliveries.repo.ts';
import { bodyOf, queueDelivery } from './webhook-queue.service.ts';
import { newSecret } from './webhook-secret.service.ts';
import { assertGoodAddress } from './webhooks.policy.ts';
import { deleteWebhook, findWebhook, findWebhooks, insertWebhook, updateWebhook } from './webhooks.repo.ts';
import type { CreateWebhookInput, Delivery, UpdateWebhookInput, Webhook } from './webhooks.schema.ts';
import { toDelivery, toWebhook } from './webhooks.view.ts';

/** The webhooks of a project. */
export async function listWebhooks(scope: ProjectScope): Promise<{ webhooks: Webhook[] }> {
  return { webhooks: (await findWebhooks(db, scope)).map(toWebhook) };
}

/** The newest deliveries of a webhook, with every try and its answer. */
export async function listDeliveries(scope: ProjectScope, id: string, limit: number): Promise<{ deliveries: Delivery[] }> {
  await webhookOf(db, scope, id);
  return { deliveries: (await findDeliveries(db, scope, id, limit)).map(toDelivery) };
}

/**
 * Makes a webhook. The answer holds its secret, once.
 * @throws DomainError INVALID for an address that is never allowed, CONFLICT for a name that is taken
 */
export async function createWebhook(scope: ProjectScope, input: CreateWebhookInput, now: Date = new Date()) {
  checkAddress(input.url);
  const { secret, sealed } = newSecret(now);
  const kinds = [...new Set(input.kinds)];
  const createdById = scope.actor.kind === 'user' ? scope.actor.id : null;
  const id = await taken(input.name, () =>
    transaction(async (tx) => {
      const made = await insertWebhook(tx, scope, { name: input.name, url: input.url, kinds, secretSealed: sealed, createdById });
      await record(tx, scope, 'webhook.created', { id: made.id, name: input.name }, { host: new URL(input.url).host, kinds });
      return made.id;
    }),
  );
  return { id, secret };
}

/**
 * Changes a webhook, or switches it on or off. What waits for one that is switched off is given up.
 * @throws DomainError CONFLICT when somebody else has changed it meanwhile
 */
export async function changeWebhook(scope: ProjectScope, input: UpdateWebhookInput, now: Date = new Date()): Promise<void> {
  checkAddress(input.url);
  const { id, version, name, url, enabled } = input;
  const kinds = [...new Set(input.kinds)];
  await taken(name, () =>
    transaction(async (tx) => {
      const before = await webhookOf(tx, scope, id);
      const revived = enabled && !before.enabled ? { disabledReason: null, failingSince: null } : {};
      const changes = { name, url, kinds, enabled, ...revived };
      if (!(await updateWebhook(tx, scope.projectId, { id, version, changes }))) {
        throw new DomainError('CONFLICT', 'Somebody else has changed this webhook meanwhile. Look at it again, then change it.');
      }
      if (!enabled) await failWaiting(tx, scope.projectId, id, now);
      await record(tx, scope, 'webhook.changed', { id, name }, { host: new URL(url).host, kinds, enabled });
    }),
  );
}

/** Gives a webhook a new secret; for a day both sign. The answer holds the new one, once. */
export async function rotateSecret(scope: ProjectScope, id: string, now: Date = new Date()) {
  return transaction(async (tx) => {
    const before = await webhookOf(tx, scope, id);
    const { secret, sealed } = newSecret(now, before.secretSealed);
    await updateWebhook(tx, scope.projectId, { id, version: before.version, changes: { secretSealed: sealed } });
    await record(tx, scope, 'webhook.secret_rotated', before, {});
    return { id, secret };
  });
}

/** Removes a webhook with its log. */
export async function removeWebhook(scope: ProjectScope, id: string): Promise<void> {
  await transaction(async (tx) => {
    const before = await webhookOf(tx, scope, id);
    await deleteWebhook(tx, scope, id);
    await record(tx, scope, 'webhook.removed', before, { host: new URL(before.url).host });
  });
}

/**
 * Sends an event of kind `webhook.test`, now.
 * @throws DomainError INVALID while the webhook is switched off
 */
export async function testWebhook(scope: ProjectScope, id: string, now: Date = new Date()): Promise<{ deliveryId: string }> {
  return transaction(async (tx) => {
    const hook = await liveWebhook(tx, scope, id);
    const told = {
      kind: 'webhook.test' as const,
      title: `A test of the webhook ${hook.name}`,
      text: 'Nothing has happened. This was sent by hand.',
      href: `/${scope.projectName}/settings?tab=webhooks`,
    };
    const body = await bodyOf(tx, scope.projectId, scope.actor, told, now);
    const sent = await queueDelivery(tx, scope.projectId, id, told.kind, body, now);
    await record(tx, scope, 'webhook.tested', hook, {});
    return { deliveryId: sent.id };
  });
}

/** Sends the very body of an earlier delivery again, under its id, with a new signature. */
export async function redeliver(
  scope: ProjectScope,
  deliveryId: string,
  now: Date = new Date(),
): Promise<{ deliveryId: string }> {
  return transaction(async (tx) => {
    const before = await findDelivery(tx, scope, deliveryId);
    if (!before) throw notFound('delivery');
    const hook = await liveWebhook(tx, scope, before.webhookId);
    const original = before.redeliveryOf ?? before.id;
    const sent = await queueDelivery(tx, scope.projectId, hook.id, before.kind, before.body, now, original);
    await record(tx, scope, 'webhook.redelivered', hook, { delivery: original });
    return { deliveryId: sent.id };
  });
}

function checkAddress(url: string): void {
  const isInternal = (host: string) => isIP(host) !== 0 && isInternalAddress(host);
  assertGoodAddress(url, { allowInternal: config.internalWebhooks, isInternal });
}

async function webhookOf(tx: Tx, scope: ProjectScope, id: string) {
  const hook = await findWebhook(tx, scope.projectId, id);
  if (!hook) throw notFound('webhook');
  return hook;
}

async function liveWebhook(tx: Tx, scope: ProjectScope, id: string) {
  const hook = await webhookOf(tx, scope, id);
  if (!hook.enabled) throw new DomainError('INVALID', 'This webhook is switched off. Switch it on, then send.');
  return hook;
}

async function record(
  tx: Tx,
  scope: ProjectScope,
  action: string,
  { id, name }: { id: string; name: string },
  details: Record<string, unknown>,
): Promise<void> {
  await recordAudit(tx, scope, { action, target: { type: 'webhook', id, name }, details });
  await publish(tx, { projectId: scope.projectId, type: 'webhook.changed', id });
}

async function taken<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error)) throw new DomainError('CONFLICT', `There is a webhook named ${name} here already.`);
    throw error;
  }
}
