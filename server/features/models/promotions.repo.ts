import type { Prisma, PromotionRequest } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { VersionWithModel } from './models.repo.ts';
import type { PromotionStatus, Stage } from './models.schema.ts';

export type RequestRow = PromotionRequest & { modelVersion: VersionWithModel };

const withVersion = { modelVersion: { include: { model: true } } } as const;
/** States in which a request still waits for something. */
export const OPEN: PromotionStatus[] = ['preparing', 'pending', 'approved'];

export type NewRequest = {
  modelVersionId: string;
  targetStage: Stage;
  reason: string;
  plan: object | null;
  deploymentId: string | null;
  evaluationSplit: { datasetVersionId: string; split: string };
};

export function insertRequest(tx: Tx, scope: ProjectScope, values: NewRequest): Promise<PromotionRequest> {
  const { plan, ...rest } = values;
  return tx.promotionRequest.create({
    data: {
      ...rest,
      ...(plan ? { plan: plan as Prisma.InputJsonValue } : {}),
      projectId: scope.projectId,
      requestedById: scope.actor.id,
      requestedByName: scope.actor.name,
    },
  });
}

export function findRequest(tx: Tx, scope: ProjectScope, id: string): Promise<RequestRow | null> {
  return tx.promotionRequest.findFirst({ where: { id, projectId: scope.projectId }, include: withVersion });
}

/** The stage that a request asks for; null when there is no such request. */
export async function findPromotionTarget(tx: Tx, scope: ProjectScope, id: string): Promise<string | null> {
  const row = await tx.promotionRequest.findFirst({ where: { id, projectId: scope.projectId }, select: { targetStage: true } });
  return row?.targetStage ?? null;
}

/** Holds a request's row until the transaction ends. */
export async function lockRequest(tx: Tx, scope: ProjectScope, id: string): Promise<void> {
  await tx.$queryRaw`select id from promotion_request where project_id = ${scope.projectId}::uuid and id = ${id}::uuid for update`;
}

export function findRequests(
  tx: Tx,
  scope: ProjectScope,
  o: { statuses?: PromotionStatus[]; versionIds?: string[]; take?: number },
): Promise<RequestRow[]> {
  return tx.promotionRequest.findMany({
    where: {
      projectId: scope.projectId,
      ...(o.statuses ? { status: { in: o.statuses } } : {}),
      ...(o.versionIds ? { modelVersionId: { in: o.versionIds } } : {}),
    },
    include: withVersion,
    orderBy: { requestedAt: 'desc' },
    take: o.take ?? 200,
  });
}

/** Open requests for the versions of one model. */
export function findOpenRequests(tx: Tx, scope: ProjectScope, modelId: string): Promise<RequestRow[]> {
  return tx.promotionRequest.findMany({
    where: { projectId: scope.projectId, status: { in: OPEN }, modelVersion: { modelId } },
    include: withVersion,
    orderBy: { requestedAt: 'desc' },
  });
}

export type RequestChange = Partial<{
  status: PromotionStatus;
  evidence: object;
  gatesPassed: boolean;
  error: string;
  decidedById: string | null;
  decidedByName: string;
  decidedAt: Date;
  decisionReason: string;
  endedAt: Date;
  deploymentId: string;
}>;

/** Changes a request if it is in one of the `from` states; false when it has left them. */
export async function updateRequest(
  tx: Tx,
  scope: ProjectScope,
  o: { id: string; from: PromotionStatus[]; change: RequestChange },
): Promise<boolean> {
  const changed = await tx.promotionRequest.updateMany({
    where: { projectId: scope.projectId, id: o.id, status: { in: o.from } },
    data: { ...(o.change as Prisma.PromotionRequestUpdateManyMutationInput), version: { increment: 1 } },
  });
  return changed.count === 1;
}
