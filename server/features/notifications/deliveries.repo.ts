import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

/** The newest deliveries of a webhook with their tries. */
export async function findDeliveries(tx: Tx, scope: ProjectScope, webhookId: string, limit: number) {
  return tx.webhookDelivery.findMany({
    where: { webhookId, projectId: scope.projectId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: { tries: { orderBy: { number: 'asc' } } },
  });
}

export async function findDelivery(tx: Tx, scope: ProjectScope, id: string) {
  return tx.webhookDelivery.findFirst({ where: { id, projectId: scope.projectId } });
}

/** The delivery of a webhook that is due the longest. */
export async function findDueDelivery(tx: Tx, projectId: string, webhookId: string, now: Date) {
  return tx.webhookDelivery.findFirst({
    where: { projectId, webhookId, status: 'waiting', nextAttemptAt: { lte: now } },
    orderBy: [{ nextAttemptAt: 'asc' }, { id: 'asc' }],
  });
}

/** Webhooks of all projects that have something due. */
export async function findDueWebhooks(tx: Tx, now: Date): Promise<{ projectId: string; webhookId: string }[]> {
  return tx.webhookDelivery.findMany({
    where: { status: 'waiting', nextAttemptAt: { lte: now }, webhook: { enabled: true } },
    distinct: ['webhookId'],
    select: { projectId: true, webhookId: true },
    take: 500,
  });
}

type Try = { number: number; at: Date; status: number | null; ms: number; excerpt: string; error: string | null };

/** Writes one try and what becomes of its delivery. A repeated try of the same number is written once. */
export async function recordTry(
  tx: Tx,
  delivery: { id: string; projectId: string },
  tried: Try,
  next: { status: 'waiting' | 'delivered' | 'failed'; nextAttemptAt: Date | null },
): Promise<void> {
  const { id, projectId } = delivery;
  await tx.webhookAttempt.createMany({ data: [{ projectId, deliveryId: id, ...tried }], skipDuplicates: true });
  await tx.webhookDelivery.updateMany({
    where: { id, projectId },
    data: { ...next, attempts: tried.number, endedAt: next.status === 'waiting' ? null : tried.at },
  });
}

/** Gives up what waits for a webhook that was switched off. */
export async function failWaiting(tx: Tx, projectId: string, webhookId: string, at: Date): Promise<void> {
  await tx.webhookDelivery.updateMany({
    where: { projectId, webhookId, status: 'waiting' },
    data: { status: 'failed', nextAttemptAt: null, endedAt: at },
  });
}

/** Removes deliveries that ended long ago, in every project. */
export async function deleteOldDeliveries(tx: Tx, before: Date): Promise<number> {
  const { count } = await tx.webhookDelivery.deleteMany({ where: { endedAt: { lt: before } } });
  return count;
}
