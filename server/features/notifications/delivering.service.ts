import { SYSTEM_ACTOR } from '#server/auth/actor.ts';
import { config } from '#server/config.ts';
import { isDomainError, messageOf } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { post } from '#server/platform/http/outgoing.ts';
import { enqueue } from '#server/platform/queue/queue.ts';
import { WEBHOOK_TRIES, waitAfter } from './backoff.policy.ts';
import { failWaiting, findDueDelivery, findDueWebhooks, recordTry } from './deliveries.repo.ts';
import { deliverWebhookJob } from './notifications.jobs.ts';
import { notify } from './notifications.service.ts';
import { signatureHeader } from './signing.policy.ts';
import { openSecrets } from './webhook-secret.service.ts';
import { findProjectName, findWebhook, updateWebhook } from './webhooks.repo.ts';

const TIMEOUT_MS = 10_000;
/** One webhook keeps a place of the worker no longer than this; the rest comes with the next round. */
const DRAIN_MS = 20_000;
const GIVE_UP_MS = 3 * 86_400_000;

export type Clock = { now: () => Date; chance: () => number };
const REAL: Clock = { now: () => new Date(), chance: Math.random };

type Hook = NonNullable<Awaited<ReturnType<typeof findWebhook>>>;
type Due = NonNullable<Awaited<ReturnType<typeof findDueDelivery>>>;

/**
 * Sends what is due at one webhook, the longest due first, until nothing is, one fails or time is up. What fails comes
 * again later; after three days without one success the webhook is switched off and its people are told.
 * @returns how many tries were made
 */
export async function drainWebhook(
  o: { projectId: string; webhookId: string; signal?: AbortSignal; timeoutMs?: number },
  clock: Clock = REAL,
): Promise<number> {
  const end = Date.now() + DRAIN_MS;
  for (let tries = 0; ; tries += 1) {
    const hook = await findWebhook(db, o.projectId, o.webhookId);
    if (!hook) return tries;
    if (!hook.enabled) {
      await failWaiting(db, o.projectId, hook.id, clock.now());
      return tries;
    }
    const due = await findDueDelivery(db, o.projectId, hook.id, clock.now());
    if (!due || o.signal?.aborted || Date.now() > end) return tries;
    if (!(await tryOnce(hook, due, o, clock))) return tries + 1;
  }
}

async function tryOnce(hook: Hook, due: Due, o: { signal?: AbortSignal; timeoutMs?: number }, clock: Clock): Promise<boolean> {
  const at = clock.now();
  const started = performance.now();
  let answer: { status: number | null; excerpt: string; error: string | null };
  try {
    const { status, excerpt } = await post({
      url: hook.url,
      body: due.body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Stagecraft-Webhook/1',
        'stagecraft-event': due.kind,
        'stagecraft-delivery': due.redeliveryOf ?? due.id,
        'stagecraft-signature': signatureHeader(openSecrets(hook.secretSealed, at), due.body, at),
      },
      timeoutMs: o.timeoutMs ?? TIMEOUT_MS,
      allowInternal: config.internalWebhooks,
      ...(o.signal ? { signal: o.signal } : {}),
    });
    answer = { status, excerpt, error: refusal(status) };
  } catch (error) {
    // A worker that ends is no failure of the receiver.
    if (o.signal?.aborted) throw error;
    answer = { status: null, excerpt: '', error: isDomainError(error) ? error.message : messageOf(error) };
  }
  const tried = { number: due.attempts + 1, at, ms: Math.round(performance.now() - started), ...answer };
  await transaction((tx) => (answer.error === null ? arrived(tx, hook, due, tried) : missed(tx, hook, due, tried, clock)));
  return answer.error === null;
}

function refusal(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400)
    return `It answered ${status}, a redirect. Redirects are not followed: give the address itself.`;
  return `It answered ${status}.`;
}

type Tried = Parameters<typeof recordTry>[2];

async function arrived(tx: Tx, hook: Hook, due: Due, tried: Tried): Promise<void> {
  await recordTry(tx, due, tried, { status: 'delivered', nextAttemptAt: null });
  if (hook.failingSince) await updateWebhook(tx, hook.projectId, { id: hook.id, changes: { failingSince: null } });
  await tell(tx, hook);
}

async function missed(tx: Tx, hook: Hook, due: Due, tried: Tried, clock: Clock): Promise<void> {
  const over = tried.number >= WEBHOOK_TRIES.count;
  const next = new Date(tried.at.getTime() + waitAfter(tried.number, WEBHOOK_TRIES, clock.chance()));
  await recordTry(tx, due, tried, over ? { status: 'failed', nextAttemptAt: null } : { status: 'waiting', nextAttemptAt: next });
  const since = hook.failingSince ?? tried.at;
  if (!hook.failingSince) await updateWebhook(tx, hook.projectId, { id: hook.id, changes: { failingSince: tried.at } });
  if (tried.at.getTime() - since.getTime() >= GIVE_UP_MS) await switchOff(tx, hook, tried);
  await tell(tx, hook);
}

async function switchOff(tx: Tx, hook: Hook, tried: Tried): Promise<void> {
  const { id, name, projectId } = hook;
  const reason = `Nothing has arrived for three days. The last try: ${tried.error ?? 'no answer'}`;
  await updateWebhook(tx, projectId, { id, changes: { enabled: false, disabledReason: reason } });
  await failWaiting(tx, projectId, id, tried.at);
  const place = { actor: SYSTEM_ACTOR, projectId };
  await recordAudit(tx, place, { action: 'webhook.disabled', target: { type: 'webhook', id, name }, reason });
  await notify(tx, place, {
    kind: 'webhook.disabled',
    people: { scope: 'member:manage' },
    title: `The webhook ${name} was switched off`,
    text: `${reason} Correct its receiver, then switch it on again.`,
    href: `/${await findProjectName(tx, projectId)}/settings?tab=webhooks`,
    groupKey: `webhook:${id}`,
    data: { webhook: name },
  });
}

async function tell(tx: Tx, hook: Hook): Promise<void> {
  await publish(tx, { projectId: hook.projectId, type: 'webhook.delivery', id: hook.id });
}

/** Wakes each webhook for which something is due: every few seconds, by one worker of all. */
export async function roundOfWebhooks(now: Date): Promise<void> {
  for (const { projectId, webhookId } of await findDueWebhooks(db, now)) {
    await enqueue(db, deliverWebhookJob, { projectId, webhookId });
  }
}
