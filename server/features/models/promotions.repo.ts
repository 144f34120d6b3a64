import type { Prisma, PromotionRequest } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { VersionWithModel } from './models.repo.ts';
import type { PromotionStatus, Stage } from './models.schema.ts';

export type RequestRow = PromotionRequest & { modelVersion: VersionWithModel };
/** A request without its evidence, as lists have it. */
export type ListedRequest = Omit<RequestRow, 'evidence'>;

const withVersion = { modelVersion: { include: { model: true } } } as const;
/** States in which a request still waits for something. */
export const OPEN: PromotionStatus[] = ['preparing', 'pending', 'changes', 'approved'];

export type NewRequest = {
  modelVersionId: string;
  targetStage: Stage;
  reason: string;
  plan: object | null;
  deploymentId: string | null;
  evaluationSplit: { datasetVersionId: string; split: string };
  responsibleId: string | null;
  emergency: string | null;
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
): Promise<ListedRequest[]> {
  return tx.promotionRequest.findMany({
    where: {
      projectId: scope.projectId,
      ...(o.statuses ? { status: { in: o.statuses } } : {}),
      ...(o.versionIds ? { modelVersionId: { in: o.versionIds } } : {}),
    },
    omit: { evidence: true },
    include: withVersion,
    orderBy: { requestedAt: 'desc' },
    take: o.take ?? 500,
  });
}

/** Open requests for the versions of one model. */
export function findOpenRequests(tx: Tx, scope: ProjectScope, modelId: string): Promise<ListedRequest[]> {
  return tx.promotionRequest.findMany({
    where: { projectId: scope.projectId, status: { in: OPEN }, modelVersion: { modelId } },
    omit: { evidence: true },
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
  evidenceHash: string;
  round: number;
  suiteRunId: string;
  expiresAt: Date | null;
  rule: object;
  accepted: object;
  reviewDueAt: Date;
  reviewRemindedAt: Date;
  reviewedById: string;
  reviewedByName: string;
  reviewedAt: Date;
  reviewVerdict: string;
  reviewText: string;
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

export type DueRequest = { id: string; projectId: string; projectName: string };

/** Undecided requests of all projects whose time is over: the worker ends them. */
export function findOverdue(tx: Tx, now: Date): Promise<DueRequest[]> {
  return tx.$queryRaw<DueRequest[]>`
    select r.id::text, r.project_id::text as "projectId", p.name as "projectName"
    from promotion_request r join project p on p.id = r.project_id
    where r.status in ('pending', 'changes') and r.expires_at <= ${now} order by r.expires_at limit 100`;
}

/** Emergencies of all projects that wait for their review, and of which nobody was reminded since then. */
export function findUnreviewed(tx: Tx, remindedBefore: Date): Promise<DueRequest[]> {
  return tx.$queryRaw<DueRequest[]>`
    select r.id::text, r.project_id::text as "projectId", p.name as "projectName"
    from promotion_request r join project p on p.id = r.project_id
    where r.review_due_at is not null and r.reviewed_at is null and p.archived_at is null
      and (r.review_reminded_at is null or r.review_reminded_at <= ${remindedBefore})
    order by r.review_due_at limit 100`;
}

/** The state of a request; null when there is no such request. */
export async function findStatus(tx: Tx, scope: ProjectScope, id: string): Promise<PromotionStatus | null> {
  const row = await tx.promotionRequest.findFirst({ where: { id, projectId: scope.projectId }, select: { status: true } });
  return row?.status ?? null;
}
