import type { Prisma, Rollout, RolloutDecision } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

export type RolloutRow = Rollout;
export type DecisionRow = RolloutDecision;
export type RolloutStatus = Rollout['status'];

const LIVE: RolloutStatus[] = ['running', 'paused'];

/** The next rollout of a deployment whose row the transaction holds. */
export async function insertRollout(
  tx: Tx,
  scope: ProjectScope,
  values: {
    deploymentId: string;
    baselineVersionId: string;
    candidateVersionId: string;
    requestId: string | null;
    plan: object;
  },
): Promise<Rollout> {
  const last = await tx.rollout.aggregate({
    where: { projectId: scope.projectId, deploymentId: values.deploymentId },
    _max: { number: true },
  });
  return tx.rollout.create({
    data: {
      ...values,
      plan: values.plan as Prisma.InputJsonValue,
      projectId: scope.projectId,
      number: (last._max.number ?? 0) + 1,
    },
  });
}

/** The rollout of a deployment that runs or is paused; there is at most one. */
export function findLiveRollout(tx: Tx, scope: ProjectScope, deploymentId: string): Promise<Rollout | null> {
  return tx.rollout.findFirst({ where: { projectId: scope.projectId, deploymentId, status: { in: LIVE } } });
}

export function findRollout(tx: Tx, scope: ProjectScope, o: { deploymentId: string; number: number }): Promise<Rollout | null> {
  return tx.rollout.findFirst({ where: { projectId: scope.projectId, deploymentId: o.deploymentId, number: o.number } });
}

export function findRolloutById(tx: Tx, scope: ProjectScope, id: string): Promise<Rollout | null> {
  return tx.rollout.findFirst({ where: { projectId: scope.projectId, id } });
}

export function findRollouts(tx: Tx, scope: ProjectScope, deploymentIds: string[]): Promise<Rollout[]> {
  return tx.rollout.findMany({
    where: { projectId: scope.projectId, deploymentId: { in: deploymentIds } },
    orderBy: { startedAt: 'desc' },
  });
}

/** The last rollout of a deployment that made `candidateVersionId` its primary version. */
export function findCompletedRollout(
  tx: Tx,
  scope: ProjectScope,
  o: { deploymentId: string; candidateVersionId: string },
): Promise<Rollout | null> {
  return tx.rollout.findFirst({
    where: { projectId: scope.projectId, ...o, status: 'completed' },
    orderBy: { number: 'desc' },
  });
}

/** Rollouts that the controller has to look at, with the name of each project. */
export async function findRunningRollouts(tx: Tx): Promise<{ rollout: Rollout; project: { id: string; name: string } }[]> {
  const rollouts = await tx.rollout.findMany({ where: { status: 'running' }, orderBy: { startedAt: 'asc' } });
  if (rollouts.length === 0) return [];
  const projects = await tx.project.findMany({
    where: { id: { in: [...new Set(rollouts.map((rollout) => rollout.projectId))] } },
    select: { id: true, name: true },
  });
  const byId = new Map(projects.map((project) => [project.id, project]));
  return rollouts.flatMap((rollout) => {
    const project = byId.get(rollout.projectId);
    return project ? [{ rollout, project }] : [];
  });
}

export type RolloutChange = Partial<{
  status: RolloutStatus;
  stepIndex: number;
  stepStartedAt: Date;
  endedAt: Date;
  endReason: string;
}>;

/** Changes a rollout if nobody changed it since it was read; false when somebody did. */
export async function updateRollout(
  tx: Tx,
  scope: ProjectScope,
  o: { id: string; expectedVersion: number; change: RolloutChange },
): Promise<boolean> {
  const changed = await tx.rollout.updateMany({
    where: { projectId: scope.projectId, id: o.id, version: o.expectedVersion },
    data: { ...o.change, version: { increment: 1 } },
  });
  return changed.count === 1;
}

export type NewDecision = { stepIndex: number; action: string; verdict: string; sentence: string; figures: object };

export function insertDecision(tx: Tx, scope: ProjectScope, rolloutId: string, values: NewDecision): Promise<RolloutDecision> {
  return tx.rolloutDecision.create({
    data: {
      ...values,
      figures: values.figures as Prisma.InputJsonValue,
      rolloutId,
      projectId: scope.projectId,
      actorName: scope.actor.name,
    },
  });
}

/** Decisions of one rollout, oldest first; of one step only when `stepIndex` is given. */
export function findDecisions(
  tx: Tx,
  scope: ProjectScope,
  o: { rolloutId: string; stepIndex?: number },
): Promise<RolloutDecision[]> {
  return tx.rolloutDecision.findMany({
    where: {
      projectId: scope.projectId,
      rolloutId: o.rolloutId,
      ...(o.stepIndex === undefined ? {} : { stepIndex: o.stepIndex }),
    },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
}

export function findRolloutByRequest(tx: Tx, scope: ProjectScope, requestId: string): Promise<Rollout | null> {
  return tx.rollout.findFirst({ where: { projectId: scope.projectId, requestId }, orderBy: { number: 'desc' } });
}
