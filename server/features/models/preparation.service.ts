import type { ProjectScope } from '#server/auth/actor.ts';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { isDomainError } from '#server/errors.ts';
import { collectCard, freezeCard } from '#server/features/cards/cards.service.ts';
import { db, type Tx, transaction } from '#server/platform/db/client.ts';
import { expiryOf, neededOf, statesFor, tallyOf } from './approval.policy.ts';
import type { Evidence } from './evidence.schema.ts';
import { prepareEvidence } from './evidence.service.ts';
import { hashOfEvidence } from './evidence.view.ts';
import { blockingPass } from './promotion.policy.ts';
import { caseOf } from './promotion-case.service.ts';
import { insertEvidence } from './promotion-evidence.repo.ts';
import { tellDecided, tellVoters } from './promotion-news.service.ts';
import { holdRequest, record, requestName } from './promotion-record.service.ts';
import type { RequestRow } from './promotions.repo.ts';
import { findRequest, updateRequest } from './promotions.repo.ts';
import { setStage } from './stages.service.ts';

/**
 * Prepares the evidence of a request and freezes it. Where the rule of the stage asks for nobody, the gates alone then
 * let the version in or refuse it; else the request waits for its approvals. Safe to run again; a request that was
 * withdrawn meanwhile is left alone.
 * @throws whatever isn't the request's fault, so that the job runs again
 */
export async function prepareRequest(scope: ProjectScope, requestId: string, signal?: AbortSignal): Promise<void> {
  const request = await findRequest(db, scope, requestId);
  if (request?.status !== 'preparing') return;
  let found: { evidence: Evidence; sections: EvidenceSection[] };
  try {
    found = await prepareEvidence(scope, request, signal);
  } catch (error) {
    if (!isDomainError(error) || error.code === 'UNAVAILABLE' || error.code === 'TIMEOUT') throw error;
    await failPreparation(scope, requestId, error.message);
    return;
  }
  await freeze(scope, { requestId, round: request.round, ...found });
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

type Found = { requestId: string; round: number; evidence: Evidence; sections: EvidenceSection[] };

async function freeze(scope: ProjectScope, found: Found): Promise<void> {
  const { evidence, requestId } = found;
  const hash = hashOfEvidence(evidence, found.sections);
  const gatesPassed = blockingPass(evidence.gates);
  const card = await collectCard(scope, evidence.candidate.versionId, new Date());
  await transaction(async (tx) => {
    const request = await holdRequest(tx, scope, requestId);
    if (request.status !== 'preparing' || request.round !== found.round) return;
    await insertEvidence(tx, scope, { ...found, hash });
    await freezeCard(tx, scope, { requestId, modelVersionId: request.modelVersionId, card });
    const c = await caseOf(tx, scope, request);
    const kept = { evidence, gatesPassed, evidenceHash: hash };
    const failed = evidence.gates.filter((gate) => !gate.passed);
    const reason = failed.length === 0 ? 'All gates pass.' : sentences(failed);
    const details = { hash, round: found.round, gates: evidence.gates.map(({ id, passed, figure }) => ({ id, passed, figure })) };
    if (neededOf(c) === 0) {
      await decideByGates(tx, scope, request, { kept, details, reason, gatesPassed });
      return;
    }
    const change = { ...kept, status: 'pending' as const, expiresAt: expiryOf(c.rule, new Date()) };
    await updateRequest(tx, scope, { id: requestId, from: statesFor('freeze'), change });
    await record(tx, scope, { id: requestId, name: requestName(request) }, 'evidence-frozen', reason, details);
    await tellVoters(tx, scope, request, tallyOf(c));
  });
}

async function decideByGates(
  tx: Tx,
  scope: ProjectScope,
  request: RequestRow,
  o: {
    kept: { evidence: Evidence; gatesPassed: boolean; evidenceHash: string };
    details: object;
    reason: string;
    gatesPassed: boolean;
  },
): Promise<void> {
  const reason = o.gatesPassed ? `${o.reason} ${request.targetStage} needs no more.` : o.reason;
  const status = o.gatesPassed ? ('completed' as const) : ('refused' as const);
  const decided = { decidedByName: scope.actor.name, decidedAt: new Date(), decisionReason: reason, endedAt: new Date() };
  await updateRequest(tx, scope, { id: request.id, from: ['preparing'], change: { ...o.kept, ...decided, status } });
  if (o.gatesPassed) {
    await setStage(tx, scope, {
      versionId: request.modelVersionId,
      to: request.targetStage,
      reason,
      requestId: request.id,
    });
  }
  await record(tx, scope, { id: request.id, name: requestName(request) }, status, reason, { ...o.details });
  await tellDecided(tx, scope, request, { status, reason });
}

function sentences(gates: Evidence['gates']): string {
  return gates.map((gate) => `${gate.title}: not passed. ${gate.sentence}`).join(' ');
}
