import type { ProjectScope } from '#server/auth/actor.ts';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { factsOfEvaluation, mergeFacts } from '#server/domain/gate-facts.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { getReadyVersion } from '#server/features/datasets/versions.service.ts';
import { getSuiteRun } from '#server/features/evaluations/suite-runs.service.ts';
import { compareEvaluations, evaluateArtifact } from '#server/features/experiments/evaluation.service.ts';
import { db } from '#server/platform/db/client.ts';
import { findChanges } from './changes.service.ts';
import type { Evidence, Side } from './evidence.schema.ts';
import { judgeStageGates } from './gates.service.ts';
import type { VersionWithModel } from './models.repo.ts';
import { findOverlap, findSpan } from './overlap.service.ts';
import type { RequestRow } from './promotions.repo.ts';
import { currentVersionIn } from './stages.service.ts';
import { unseenOf } from './unseen.view.ts';

type Part = { datasetVersionId: string; split: string };
export type Prepared = { evidence: Evidence; sections: EvidenceSection[] };

/**
 * Evaluates the version of a request, and the one in the stage that it asks for, on the same rows, and judges the
 * gates. Safe to run again: evaluations are kept and found again.
 */
export async function prepareEvidence(scope: ProjectScope, request: RequestRow, signal?: AbortSignal): Promise<Prepared> {
  const part = request.evaluationSplit as Part;
  const { modelVersion: version } = request;
  const before = await currentVersionIn(db, scope, {
    modelId: version.modelId,
    stage: request.targetStage,
    exceptId: version.id,
  });
  const overlaps = [await findOverlap(scope, version, part), ...(before ? [await findOverlap(scope, before, part)] : [])];
  const span = await findSpan(scope, part);
  const candidate = await evaluateSide(scope, version, part);
  signal?.throwIfAborted();
  const incumbent = before ? await evaluateSide(scope, before, part) : null;
  signal?.throwIfAborted();
  const unseen = unseenOf(overlaps);
  const comparison =
    incumbent && unseen.rows === 0 ? await compareEvaluations(scope, incumbent.evaluationId, candidate.evaluationId) : null;
  const suite = await suiteOf(scope, request.suiteRunId);
  const plain = factsOfEvaluation({
    candidate: candidate.summary,
    incumbent: incumbent ? { name: `v${incumbent.number}`, comparison } : null,
    overlap: unseen,
  });
  const measured = {
    facts: suite.sections.flatMap((section) => section.facts),
    tables: suite.sections.flatMap((section) => section.tables),
  };
  const judged = await judgeStageGates(db, scope, {
    model: version.model,
    stage: request.targetStage,
    ...mergeFacts(plain, measured),
  });
  const data = await getReadyVersion(scope, part.datasetVersionId);
  const evidence: Evidence = {
    preparedAt: new Date().toISOString(),
    on: { ...part, dataset: data.dataset, number: data.number, ...span },
    gatesHash: judged.hash,
    gates: judged.gates,
    suite: suite.about,
    candidate,
    incumbent,
    comparison,
    overlaps,
    changes: incumbent ? await findChanges(scope, data, part.split, { incumbent, candidate }) : null,
  };
  return { evidence, sections: suite.sections };
}

/** What the suite found; nothing while it hasn't ended, and its error where it could not be done. */
async function suiteOf(
  scope: ProjectScope,
  runId: string | null,
): Promise<{ about: Evidence['suite']; sections: EvidenceSection[] }> {
  if (!runId) return { about: null, sections: [] };
  const { status, goldHash, error, sections } = await getSuiteRun(scope, runId);
  return { about: { runId, status, goldHash, error }, sections: status === 'done' ? sections : [] };
}

async function evaluateSide(scope: ProjectScope, version: VersionWithModel, part: Part): Promise<Side> {
  const evaluation = await evaluateArtifact(scope, {
    artifactKey: version.graphKey,
    signature: signatureSchema.parse(version.signature),
    ...part,
    modelVersionId: version.id,
    ...(version.runId ? { runId: version.runId } : {}),
  });
  return {
    versionId: version.id,
    number: version.number,
    evaluationId: evaluation.id,
    sizeBytes: Number(version.sizeBytes),
    summary: evaluation.summary,
  };
}
