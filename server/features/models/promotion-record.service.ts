import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { type Act, mayAct } from './approval.policy.ts';
import type { ListedRequest, RequestRow } from './promotions.repo.ts';
import { findRequest, lockRequest } from './promotions.repo.ts';
import { holdModel } from './registry.service.ts';

/** A request with its model's row held, read after the wait. @throws NOT_FOUND */
export async function holdRequest(tx: Tx, scope: ProjectScope, id: string): Promise<RequestRow> {
  const seen = await findRequest(tx, scope, id);
  if (!seen) throw notFound('promotion request');
  await holdModel(tx, scope, seen.modelVersion.model.name);
  await lockRequest(tx, scope, id);
  const request = await findRequest(tx, scope, id);
  if (!request) throw notFound('promotion request');
  return request;
}

/** What a request is called in the record. */
export function requestName(request: ListedRequest): string {
  return `${request.modelVersion.model.name} v${request.modelVersion.number} to ${request.targetStage}`;
}

/** Where a request is read. */
export function requestPath(scope: ProjectScope, id: string): string {
  return `/${scope.projectName}/models/requests/${id}`;
}

/** One audit entry and one event for something that happened to a request. */
export async function record(
  tx: Tx,
  scope: ProjectScope,
  request: { id: string; name: string },
  what: string,
  reason: string,
  details: Record<string, unknown> = {},
): Promise<void> {
  await recordAudit(tx, scope, {
    action: `promotion.${what}`,
    target: { type: 'promotion_request', id: request.id, name: request.name },
    reason,
    details,
  });
  await publish(tx, { projectId: scope.projectId, type: 'promotion.request', id: request.id });
}

/** @throws CONFLICT when the state of a request doesn't allow an act, with who ended it and why */
export function assertAct(request: RequestRow, act: Act): void {
  const may = mayAct(request.status, act);
  if (!may.ok) throw request.decidedByName || request.endedAt ? alreadyDecided(request) : new DomainError('CONFLICT', may.why);
}

/** That somebody was faster: what became of the request, on whose word and why. */
export function alreadyDecided(request: RequestRow): DomainError {
  const who = request.decidedByName ? ` by ${request.decidedByName}` : '';
  const why = request.decisionReason ? `: ${request.decisionReason}` : '.';
  return new DomainError('CONFLICT', `This request was ${request.status}${who} already${why}`, {
    status: request.status,
    decidedBy: request.decidedByName,
    decidedAt: request.decidedAt,
  });
}
