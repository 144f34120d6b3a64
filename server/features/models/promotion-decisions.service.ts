import type { ProjectScope } from '#server/auth/actor.ts';
import { db } from '#server/platform/db/client.ts';
import { findRequest } from './promotions.repo.ts';

/** Who decided a request, and when; null while nobody has. */
export async function getDecision(
  scope: ProjectScope,
  requestId: string,
): Promise<{ by: string; at: Date; reason: string } | null> {
  const request = await findRequest(db, scope, requestId);
  if (!request?.decidedByName || !request.decidedAt) return null;
  return { by: request.decidedByName, at: request.decidedAt, reason: request.decisionReason ?? '' };
}
