import { z } from 'zod';
import { notificationKind } from './kinds.schema.ts';

/** What is sent to a webhook. Fields are only ever added. */
export const webhookBody = z.object({
  /** The event's own id: the same at every webhook and in every try. */
  id: z.string(),
  event: z.string(),
  at: z.string(),
  project: z.string(),
  actor: z.object({ kind: z.enum(['user', 'token', 'system']), name: z.string() }),
  title: z.string(),
  text: z.string(),
  url: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type WebhookBody = z.infer<typeof webhookBody>;

export const webhook = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  kinds: z.array(z.string()),
  enabled: z.boolean(),
  disabledReason: z.string().nullable(),
  failingSince: z.date().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.date(),
  version: z.number().int(),
  /** The newest delivery's state and time; null before the first. */
  last: z.object({ status: z.string(), at: z.date() }).nullable(),
});
export type Webhook = z.infer<typeof webhook>;
export const listWebhooksOutput = z.object({ webhooks: z.array(webhook) });

const fields = {
  name: z
    .string()
    .trim()
    .min(1, 'Give it a name that says who listens.')
    .max(64)
    .regex(/^[a-z0-9][a-z0-9._-]*$/i, 'Letters, digits, dot, dash and underscore; a letter or digit first.'),
  url: z.url({ protocol: /^https?$/, error: 'An address that begins with https:// or http://.' }).max(2000),
  kinds: z.array(notificationKind).min(1, 'Choose at least one event.'),
};
export const createWebhookInput = z.object(fields);
export type CreateWebhookInput = z.infer<typeof createWebhookInput>;
export const updateWebhookInput = z.object({ id: z.uuid(), version: z.number().int(), enabled: z.boolean(), ...fields });
export type UpdateWebhookInput = z.infer<typeof updateWebhookInput>;
export const webhookInput = z.object({ id: z.uuid() });

/** The secret is in the answer to making or rotating it, and never again. */
export const webhookSecretOutput = z.object({ id: z.uuid(), secret: z.string() });
export const deliveryOutput = z.object({ deliveryId: z.uuid() });

export const webhookAttempt = z.object({
  number: z.number().int(),
  at: z.date(),
  /** HTTP status of the answer; null when there was none. */
  status: z.number().int().nullable(),
  ms: z.number().int(),
  /** The beginning of the answer. */
  excerpt: z.string(),
  error: z.string().nullable(),
});
export type WebhookAttempt = z.infer<typeof webhookAttempt>;

export const delivery = z.object({
  id: z.uuid(),
  kind: z.string(),
  status: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.number().int(),
  nextAttemptAt: z.date().nullable(),
  redelivery: z.boolean(),
  createdAt: z.date(),
  body: z.string(),
  tries: z.array(webhookAttempt),
});
export type Delivery = z.infer<typeof delivery>;
export const listDeliveriesInput = z.object({ id: z.uuid(), limit: z.number().int().min(1).max(100).default(50) });
export const listDeliveriesOutput = z.object({ deliveries: z.array(delivery) });
