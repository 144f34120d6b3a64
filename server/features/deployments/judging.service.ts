import type { ProjectScope } from '#server/auth/actor.ts';
import type { Judgement, Verdict } from '#server/domain/rollout/judge.ts';
import { judgeStep } from '#server/domain/rollout/judge.ts';
import { armStatistics } from '#server/features/predictions/predictions.service.ts';
import { currentStep } from './deployments.view.ts';
import { rolloutPlanSchema } from './plan.schema.ts';
import type { DecisionRow, RolloutRow } from './rollouts.repo.ts';
import type { Arm, Figures } from './rollouts.schema.ts';

export type Judged = Judgement & { figures: Figures; baseline: Arm; candidate: Arm };

const NOTHING: Arm = { requests: 0, errors: 0, outcomes: 0, correct: 0, latency: null, p50: null };

/**
 * What both versions did in the present step. Both are counted from the step's beginning, when requests were split
 * between them by chance; a step that gives everything to the candidate compares with what the baseline did earlier in
 * this rollout, because it answers nothing now.
 */
export async function readArms(scope: ProjectScope, rollout: RolloutRow): Promise<{ baseline: Arm; candidate: Arm }> {
  const since = {
    baseline: currentStep(rollout).weight >= 1 ? rollout.startedAt : rollout.stepStartedAt,
    candidate: rollout.stepStartedAt,
  };
  const read = async (modelVersionId: string, from: Date): Promise<Arm> => {
    const statistics = await armStatistics(scope, {
      deploymentId: rollout.deploymentId,
      rolloutId: rollout.id,
      since: from,
      modelVersionIds: [modelVersionId],
    });
    return statistics[modelVersionId] ?? NOTHING;
  };
  const [baseline, candidate] = await Promise.all([
    read(rollout.baselineVersionId, since.baseline),
    read(rollout.candidateVersionId, since.candidate),
  ]);
  return { baseline, candidate };
}

/** Judges the present step of a rollout from its figures and its earlier decisions. */
export function judgeRollout(
  rollout: RolloutRow,
  arms: { baseline: Arm; candidate: Arm },
  o: { now: Date; decisions: readonly DecisionRow[] },
): Judged {
  const judgement = judgeStep({
    plan: rolloutPlanSchema.parse(rollout.plan),
    stepIndex: rollout.stepIndex,
    elapsedMs: Math.max(0, o.now.getTime() - rollout.stepStartedAt.getTime()),
    baseline: arms.baseline,
    candidate: arms.candidate,
    previousVerdicts: previousVerdicts(o.decisions),
  });
  return { ...judgement, ...arms, figures: { ...arms, checks: judgement.checks } };
}

function previousVerdicts(decisions: readonly DecisionRow[]): Verdict[] {
  return decisions.flatMap(({ action, verdict }) =>
    action === 'check' && (verdict === 'holds' || verdict === 'breaks' || verdict === 'wait') ? [verdict] : [],
  );
}
