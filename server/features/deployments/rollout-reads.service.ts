import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { notFound } from '#server/errors.ts';
import { getDecision } from '#server/features/models/promotion-decisions.service.ts';
import { listVersionsById } from '#server/features/models/registry.service.ts';
import { db } from '#server/platform/db/client.ts';
import { requireDeployment } from './deployments.service.ts';
import { toRolloutSummary, waitsForReason } from './deployments.view.ts';
import { judgeRollout, readArms } from './judging.service.ts';
import { rolloutPlanSchema } from './plan.schema.ts';
import type { DecisionRow, RolloutRow } from './rollouts.repo.ts';
import { findDecisions, findRollout } from './rollouts.repo.ts';
import type { Decision, RolloutDetail, rolloutRefInput } from './rollouts.schema.ts';
import { figuresSchema } from './rollouts.schema.ts';

/** One rollout with every decision and, while it lives, the figures of this moment. @throws NOT_FOUND */
export async function getRollout(scope: ProjectScope, input: z.infer<typeof rolloutRefInput>): Promise<RolloutDetail> {
  const deployment = await requireDeployment(db, scope, input.deployment);
  const rollout = await findRollout(db, scope, { deploymentId: deployment.id, number: input.number });
  if (!rollout) throw notFound(`rollout ${input.number} of ${input.deployment}`);
  const [versions, decisions, decided] = await Promise.all([
    listVersionsById(db, scope, [rollout.baselineVersionId, rollout.candidateVersionId]),
    findDecisions(db, scope, { rolloutId: rollout.id }),
    rollout.requestId ? getDecision(scope, rollout.requestId) : null,
  ]);
  return {
    ...toRolloutSummary(rollout, new Map(versions.map((version) => [version.id, version]))),
    deployment: deployment.name,
    model: deployment.model.name,
    plan: rolloutPlanSchema.parse(rollout.plan),
    stepStartedAt: rollout.stepStartedAt,
    approvedBy: decided?.by ?? null,
    waitsForReason: waitsForReason(rollout.endReason),
    now: await present(scope, rollout, decisions),
    decisions: decisions.map(toDecision),
  };
}

async function present(scope: ProjectScope, rollout: RolloutRow, decisions: DecisionRow[]): Promise<RolloutDetail['now']> {
  if (rollout.status !== 'running' && rollout.status !== 'paused') return null;
  const ofStep = decisions.filter((decision) => decision.stepIndex === rollout.stepIndex);
  const judged = judgeRollout(rollout, await readArms(scope, rollout), { now: new Date(), decisions: ofStep });
  const { baseline, candidate, checks, sentence } = judged;
  return { baseline, candidate, checks, sentence, served: ofStep.some((decision) => decision.action === 'serve') };
}

function toDecision(row: DecisionRow): Decision {
  const figures = figuresSchema.parse(row.figures);
  return {
    id: row.id,
    at: row.at,
    stepIndex: row.stepIndex,
    action: row.action,
    verdict: row.verdict,
    sentence: row.sentence,
    actorName: row.actorName,
    baseline: figures.baseline ?? null,
    candidate: figures.candidate ?? null,
    checks: figures.checks,
  };
}
