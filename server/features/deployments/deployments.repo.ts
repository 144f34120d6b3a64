import type { Deployment, Model, Prisma, Rollout } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

export type DeploymentRow = Deployment & { model: Model };
export type DeploymentWithRollouts = DeploymentRow & { rollouts: Rollout[] };

const LIVE = ['running', 'paused'] as const;

/** Deployments of a project that aren't archived, each with its live rollout (at most one). */
export function findDeployments(tx: Tx, scope: ProjectScope): Promise<DeploymentWithRollouts[]> {
  return tx.deployment.findMany({
    where: { projectId: scope.projectId, archivedAt: null },
    include: { model: true, rollouts: { where: { status: { in: [...LIVE] } } } },
    orderBy: { createdAt: 'asc' },
  });
}

export function findDeployment(tx: Tx, scope: ProjectScope, name: string): Promise<DeploymentRow | null> {
  return tx.deployment.findFirst({ where: { projectId: scope.projectId, name, archivedAt: null }, include: { model: true } });
}

export function findDeploymentById(tx: Tx, scope: ProjectScope, id: string): Promise<DeploymentRow | null> {
  return tx.deployment.findFirst({ where: { projectId: scope.projectId, id }, include: { model: true } });
}

export function findDeploymentsOfModel(tx: Tx, scope: ProjectScope, modelId: string): Promise<DeploymentRow[]> {
  return tx.deployment.findMany({
    where: { projectId: scope.projectId, modelId, archivedAt: null },
    include: { model: true },
    orderBy: { createdAt: 'asc' },
  });
}

/** Holds a deployment's row until the transaction ends: what changes its routing goes one after another. */
export async function lockDeployment(tx: Tx, scope: ProjectScope, id: string): Promise<void> {
  await tx.$queryRaw`select id from deployment where project_id = ${scope.projectId}::uuid and id = ${id}::uuid for update`;
}

export function insertDeployment(
  tx: Tx,
  scope: ProjectScope,
  values: { name: string; modelId: string; plan: object; primaryVersionId: string | null },
): Promise<Deployment> {
  return tx.deployment.create({
    data: {
      ...values,
      plan: values.plan as Prisma.InputJsonValue,
      primarySince: values.primaryVersionId ? new Date() : null,
      projectId: scope.projectId,
      createdById: scope.actor.kind === 'user' ? scope.actor.id : null,
    },
  });
}

/** A name that was archived is free again: the old row steps aside under a name nobody can type. */
export async function freeArchivedName(tx: Tx, scope: ProjectScope, name: string): Promise<void> {
  const old = await tx.deployment.findFirst({ where: { projectId: scope.projectId, name, archivedAt: { not: null } } });
  if (!old) return;
  await tx.deployment.updateMany({
    where: { projectId: scope.projectId, id: old.id },
    data: { name: `${name}~${old.id}` },
  });
}

/** Says that what the gateways must serve has changed, perhaps with a new primary version. @returns the new revision. */
export async function bumpRouting(
  tx: Tx,
  scope: ProjectScope,
  o: { id: string; primaryVersionId?: string | null; archivedAt?: Date },
): Promise<number> {
  await tx.deployment.updateMany({
    where: { projectId: scope.projectId, id: o.id },
    data: {
      revision: { increment: 1 },
      version: { increment: 1 },
      ...(o.primaryVersionId === undefined ? {} : { primaryVersionId: o.primaryVersionId, primarySince: new Date() }),
      ...(o.archivedAt ? { archivedAt: o.archivedAt } : {}),
    },
  });
  const row = await tx.deployment.findFirstOrThrow({
    where: { projectId: scope.projectId, id: o.id },
    select: { revision: true },
  });
  return row.revision;
}

/** Changes the plan for coming rollouts if the deployment still is what the caller saw. */
export async function updatePlan(
  tx: Tx,
  scope: ProjectScope,
  o: { id: string; expectedVersion: number; plan: object },
): Promise<boolean> {
  const changed = await tx.deployment.updateMany({
    where: { projectId: scope.projectId, id: o.id, version: o.expectedVersion, archivedAt: null },
    data: { plan: o.plan as Prisma.InputJsonValue, version: { increment: 1 } },
  });
  return changed.count === 1;
}

/**
 * Every deployment of every project that has something to serve, with its live rollout: for the gateways, which serve
 * all projects. The only read here that spans projects, but for the controller's.
 */
export function findServedDeployments(tx: Tx): Promise<DeploymentWithRollouts[]> {
  return tx.deployment.findMany({
    where: { archivedAt: null, primaryVersionId: { not: null } },
    include: { model: true, rollouts: { where: { status: { in: [...LIVE] } } } },
    orderBy: { id: 'asc' },
  });
}
