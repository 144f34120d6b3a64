import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { updateRequest } from './promotions.repo.ts';

/** Ends an approved request with its rollout: completed when the last step held, failed when it was rolled back. */
export async function endRequest(
  tx: Tx,
  scope: ProjectScope,
  o: { id: string; status: 'completed' | 'failed'; error?: string },
): Promise<void> {
  const change = { status: o.status, endedAt: new Date(), ...(o.error ? { error: o.error } : {}) };
  await updateRequest(tx, scope, { id: o.id, from: ['approved'], change });
  await publish(tx, { projectId: scope.projectId, type: 'promotion.request', id: o.id });
}
