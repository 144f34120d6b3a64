import type { Tx } from '#server/platform/db/client.ts';

/** Requests of all projects whose evidence is being prepared and that were made before a moment. */
export function findUnpreparedRequests(tx: Tx, before: Date): Promise<{ id: string; projectId: string }[]> {
  return tx.promotionRequest.findMany({
    where: { status: 'preparing', requestedAt: { lt: before } },
    select: { id: true, projectId: true },
  });
}
