import type { RolloutStep } from '#server/domain/rollout/plan.schema.ts';
import type { DeploymentSummary, RolloutSummary } from './deployments.schema.ts';
import { rolloutPlanSchema } from './plan.schema.ts';

type VersionLike = { id: string; number: number; stage: string };
type RolloutLike = {
  id: string;
  number: number;
  status: RolloutSummary['status'];
  baselineVersionId: string;
  candidateVersionId: string;
  requestId: string | null;
  plan: unknown;
  stepIndex: number;
  startedAt: Date;
  endedAt: Date | null;
  endReason: string | null;
};
type DeploymentLike = {
  id: string;
  name: string;
  primaryVersionId: string | null;
  primarySince: Date | null;
  createdAt: Date;
  revision: number;
  model: { name: string };
};

/** The step that a rollout is in. */
export function currentStep(rollout: { plan: unknown; stepIndex: number }): RolloutStep {
  const { steps } = rolloutPlanSchema.parse(rollout.plan);
  const step = steps[Math.min(rollout.stepIndex, steps.length - 1)];
  if (!step) throw new Error('A plan has at least one step.');
  return step;
}

/** The share of requests that the candidate gets; nothing once the rollout has ended. */
export function canaryWeight(rollout: { plan: unknown; stepIndex: number; status: string }): number {
  return rollout.status === 'running' || rollout.status === 'paused' ? currentStep(rollout).weight : 0;
}

export function toRolloutSummary(rollout: RolloutLike, versions: ReadonlyMap<string, VersionLike>): RolloutSummary {
  return {
    id: rollout.id,
    number: rollout.number,
    status: rollout.status,
    baseline: toVersionRef(rollout.baselineVersionId, versions),
    candidate: toVersionRef(rollout.candidateVersionId, versions),
    stepIndex: rollout.stepIndex,
    steps: rolloutPlanSchema.parse(rollout.plan).steps,
    weight: canaryWeight(rollout),
    startedAt: rollout.startedAt,
    endedAt: rollout.endedAt,
    endReason: rollout.endReason,
    requestId: rollout.requestId,
  };
}

export function toDeploymentSummary(
  row: DeploymentLike,
  rollout: RolloutLike | undefined,
  versions: ReadonlyMap<string, VersionLike>,
): DeploymentSummary {
  return {
    id: row.id,
    name: row.name,
    model: row.model.name,
    primary: row.primaryVersionId ? toVersionRef(row.primaryVersionId, versions) : null,
    primarySince: row.primarySince,
    createdAt: row.createdAt,
    revision: row.revision,
    rollout: rollout ? toRolloutSummary(rollout, versions) : null,
  };
}

export function toVersionRef(id: string, versions: ReadonlyMap<string, VersionLike>): VersionLike {
  const version = versions.get(id);
  if (!version) throw new Error(`Version ${id} of a deployment is missing.`);
  return { id: version.id, number: version.number, stage: version.stage };
}

/** 0.1 -> "10 %". */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

/** How the end of a rollout reads that a person rolled back without a word. */
export const NO_REASON = 'no reason given yet';

export function waitsForReason(endReason: string | null): boolean {
  return endReason?.endsWith(NO_REASON) ?? false;
}
