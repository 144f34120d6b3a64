import type { Delivery, Webhook, WebhookAttempt } from './webhooks.schema.ts';

type WebhookRow = Omit<Webhook, 'last'> & { deliveries: { status: string; createdAt: Date }[] };

/** A webhook without its secret. */
export function toWebhook(row: WebhookRow): Webhook {
  const { id, name, url, kinds, enabled, disabledReason, failingSince, createdBy, createdAt, version } = row;
  const newest = row.deliveries[0];
  const last = newest ? { status: newest.status, at: newest.createdAt } : null;
  return { id, name, url, kinds, enabled, disabledReason, failingSince, createdBy, createdAt, version, last };
}

type DeliveryRow = Omit<Delivery, 'status' | 'redelivery' | 'tries'> & {
  status: string;
  redeliveryOf: string | null;
  tries: WebhookAttempt[];
};

/** A delivery with its tries. */
export function toDelivery(row: DeliveryRow): Delivery {
  const { id, kind, attempts, nextAttemptAt, createdAt, body } = row;
  return {
    id,
    kind,
    attempts,
    nextAttemptAt,
    createdAt,
    body,
    status: row.status as Delivery['status'],
    redelivery: row.redeliveryOf !== null,
    tries: row.tries.map(({ number, at, status, ms, excerpt, error }) => ({ number, at, status, ms, excerpt, error })),
  };
}
