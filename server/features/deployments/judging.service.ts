import type { ProjectScope } from '#server/auth/actor.ts';
import type { Judgement, Verdict } from '#server/domain/rollout/judge.ts';
import { judgeStep } from '#server/domain/rollout/judge.ts';
import { armStatistics } from '#server/features/predictions/predictions.service.ts';
import { currentStep } from './deployments.view.ts';
import { type RolloutPlan, rolloutPlanSchema } from './plan.schema.ts';
import type { DecisionRow, RolloutRow } from './rollouts.repo.ts';
import type { Arm, Figures } from './rollouts.schema.ts';

export type Judged = Judgement & { figures: Figures; baseline: Arm; candidate: Arm };

const NOTHING: Arm = { requests: 0, errors: 0, outcomes: 0, correct: 0, latency: null, p50: null };

export type Arms = {
  baseline: Arm;
  candidate: Arm;
  /** What of the candidate's figures was there before this step. */
  before: { requests: number; outcomes: number };
};

/**
 * What both versions did in the present step, counted from its beginning, when requests were split between them by chance. In
 * a step that gives everything to the candidate nothing of the baseline is of the same time: there both are counted from the
 * beginning of the rollout, so that a change of what comes in is less easily taken for a change of version.
 */
export async function readArms(scope: ProjectScope, rollout: RolloutRow): Promise<Arms> {
  const alone = currentStep(rollout).weight >= 1;
  const since = alone ? rollout.startedAt : rollout.stepStartedAt;
  const read = async (modelVersionId: string, from: Date): Promise<Arm> => {
    const statistics = await armStatistics(scope, {
      deploymentId: rollout.deploymentId,
      rolloutId: rollout.id,
      since: from,
      modelVersionIds: [modelVersionId],
    });
    return statistics[modelVersionId] ?? NOTHING;
  };
  const [baseline, candidate, own] = await Promise.all([
    read(rollout.baselineVersionId, since),
    read(rollout.candidateVersionId, since),
    alone ? read(rollout.candidateVersionId, rollout.stepStartedAt) : null,
  ]);
  // The reads are a moment apart, so the step alone may have seen one more.
  const before = {
    requests: own ? Math.max(0, candidate.requests - own.requests) : 0,
    outcomes: own ? Math.max(0, candidate.outcomes - own.outcomes) : 0,
  };
  return { baseline, candidate, before };
}

/** Judges the present step of a rollout from its figures and its earlier decisions. */
export function judgeRollout(
  rollout: RolloutRow,
  { before, ...arms }: Arms,
  o: { now: Date; decisions: readonly DecisionRow[] },
): Judged {
  const judgement = judgeStep({
    plan: afresh(rolloutPlanSchema.parse(rollout.plan), rollout.stepIndex, before),
    stepIndex: rollout.stepIndex,
    elapsedMs: Math.max(0, o.now.getTime() - rollout.stepStartedAt.getTime()),
    baseline: arms.baseline,
    candidate: arms.candidate,
    previousVerdicts: previousVerdicts(o.decisions),
  });
  return { ...judgement, ...arms, figures: { ...arms, checks: judgement.checks } };
}

/** The plan with the step's minimum on top of what was there before it: each step asks for requests and outcomes of its own. */
function afresh(plan: RolloutPlan, stepIndex: number, before: Arms['before']): RolloutPlan {
  const steps = plan.steps.map((step, index) =>
    index === stepIndex
      ? { ...step, minRequests: step.minRequests + before.requests, minOutcomes: step.minOutcomes + before.outcomes }
      : step,
  );
  return { ...plan, steps };
}

function previousVerdicts(decisions: readonly DecisionRow[]): Verdict[] {
  return decisions.flatMap(({ action, verdict }) =>
    action === 'check' && (verdict === 'holds' || verdict === 'breaks' || verdict === 'wait') ? [verdict] : [],
  );
}
