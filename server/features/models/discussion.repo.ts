import type { PromotionComment, PromotionThread } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

export type ThreadRow = PromotionThread & { comments: PromotionComment[] };
const withComments = { comments: { orderBy: [{ at: 'asc' as const }, { id: 'asc' as const }] } };

/** The threads of a request with their comments, oldest first. */
export function findThreads(tx: Tx, scope: ProjectScope, requestId: string): Promise<ThreadRow[]> {
  return tx.promotionThread.findMany({
    where: { projectId: scope.projectId, requestId },
    include: withComments,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
}

export function findThread(tx: Tx, scope: ProjectScope, id: string): Promise<ThreadRow | null> {
  return tx.promotionThread.findFirst({ where: { projectId: scope.projectId, id }, include: withComments });
}

export function insertThread(
  tx: Tx,
  scope: ProjectScope,
  o: { requestId: string; about: string | null },
): Promise<PromotionThread> {
  return tx.promotionThread.create({ data: { ...o, projectId: scope.projectId } });
}

export function insertComment(
  tx: Tx,
  scope: ProjectScope,
  o: { threadId: string; body: string; mentions: string[] },
): Promise<PromotionComment> {
  const { kind, id, name } = scope.actor;
  return tx.promotionComment.create({
    data: { ...o, projectId: scope.projectId, authorId: id, authorKind: kind, authorName: name },
  });
}

/** Marks a thread as resolved, or opens it again; false when it is that already. */
export async function setResolved(tx: Tx, scope: ProjectScope, o: { id: string; resolved: boolean }): Promise<boolean> {
  const changed = await tx.promotionThread.updateMany({
    where: { projectId: scope.projectId, id: o.id, resolvedAt: o.resolved ? null : { not: null } },
    data: o.resolved
      ? { resolvedAt: new Date(), resolvedById: scope.actor.id, resolvedByName: scope.actor.name }
      : { resolvedAt: null, resolvedById: null, resolvedByName: null },
  });
  return changed.count === 1;
}

/** How many threads of these requests are open. */
export async function countOpenThreads(tx: Tx, scope: ProjectScope, requestIds: string[]): Promise<Map<string, number>> {
  const counts = await tx.promotionThread.groupBy({
    by: ['requestId'],
    where: { projectId: scope.projectId, requestId: { in: requestIds }, resolvedAt: null },
    _count: true,
  });
  return new Map(counts.map((row) => [row.requestId, row._count]));
}
