import type { ProjectScope } from '#server/auth/actor.ts';
import { isDomainError } from '#server/errors.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import type { Evidence } from './evidence.schema.ts';
import { prepareEvidence } from './evidence.service.ts';
import { findRequest, updateRequest } from './promotions.repo.ts';
import { holdRequest, record, requestName } from './promotions.service.ts';
import { setStage, stageRole } from './stages.service.ts';

/**
 * Prepares the evidence of a request and freezes it. Staging is then reached, or refused, by the gates alone;
 * production waits for a reviewer. Safe to run again; a request that was withdrawn meanwhile is left alone.
 * @throws whatever isn't the request's fault, so that the job runs again
 */
export async function prepareRequest(scope: ProjectScope, requestId: string, signal?: AbortSignal): Promise<void> {
  const request = await findRequest(db, scope, requestId);
  if (request?.status !== 'preparing') return;
  let evidence: Evidence;
  try {
    evidence = await prepareEvidence(scope, request, signal);
  } catch (error) {
    if (!isDomainError(error) || error.code === 'UNAVAILABLE' || error.code === 'TIMEOUT') throw error;
    await failPreparation(scope, requestId, error.message);
    return;
  }
  await freeze(scope, requestId, evidence);
}

/** Ends a request whose evidence can't be prepared, with the reason. */
export async function failPreparation(scope: ProjectScope, requestId: string, reason: string): Promise<void> {
  await transaction(async (tx) => {
    const request = await holdRequest(tx, scope, requestId);
    const change = { status: 'failed' as const, error: reason, endedAt: new Date() };
    if (!(await updateRequest(tx, scope, { id: requestId, from: ['preparing'], change }))) return;
    await record(tx, scope, { id: requestId, name: requestName(request) }, 'failed', reason);
  });
}

async function freeze(scope: ProjectScope, requestId: string, evidence: Evidence): Promise<void> {
  const failed = evidence.gates.filter((gate) => !gate.passed);
  const gatesPassed = failed.length === 0;
  await transaction(async (tx) => {
    const request = await holdRequest(tx, scope, requestId);
    if (request.status !== 'preparing') return;
    const name = requestName(request);
    const kept = { evidence, gatesPassed };
    const details = { gates: evidence.gates.map(({ id, passed, figure }) => ({ id, passed, figure })) };
    if ((await stageRole(scope, request.targetStage, tx)) === 'serving') {
      await updateRequest(tx, scope, { id: requestId, from: ['preparing'], change: { ...kept, status: 'pending' } });
      await record(
        tx,
        scope,
        { id: requestId, name },
        'evidence-frozen',
        gatesPassed ? 'All gates pass.' : sentences(failed),
        details,
      );
      return;
    }
    const reason = gatesPassed ? `All its gates pass; ${request.targetStage} needs no more.` : sentences(failed);
    const decided = { decidedByName: scope.actor.name, decidedAt: new Date(), decisionReason: reason, endedAt: new Date() };
    const status = gatesPassed ? ('completed' as const) : ('refused' as const);
    await updateRequest(tx, scope, { id: requestId, from: ['preparing'], change: { ...kept, ...decided, status } });
    if (gatesPassed) await setStage(tx, scope, { versionId: request.modelVersionId, to: request.targetStage, reason, requestId });
    await record(tx, scope, { id: requestId, name }, gatesPassed ? 'completed' : 'refused', reason, details);
  });
}

function sentences(gates: Evidence['gates']): string {
  return gates.map((gate) => `${gate.title}: not passed. ${gate.sentence}`).join(' ');
}
