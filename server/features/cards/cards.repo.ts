import type { CardFreeze, CardRevision, Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

/** Revisions of a version's texts, the newest first. */
export function findRevisions(tx: Tx, { projectId }: ProjectScope, modelVersionId: string): Promise<CardRevision[]> {
  return tx.cardRevision.findMany({ where: { projectId, modelVersionId }, orderBy: { number: 'desc' }, take: 200 });
}

export function findRevision(
  tx: Tx,
  { projectId }: ProjectScope,
  o: { modelVersionId: string; number?: number | undefined },
): Promise<CardRevision | null> {
  return tx.cardRevision.findFirst({
    where: { projectId, modelVersionId: o.modelVersionId, ...(o.number === undefined ? {} : { number: o.number }) },
    orderBy: { number: 'desc' },
  });
}

/** The newest texts of an earlier version of the same model, to start from. */
export function findTextsBefore(
  tx: Tx,
  { projectId }: ProjectScope,
  o: { modelVersionIds: string[] },
): Promise<CardRevision | null> {
  return tx.cardRevision.findFirst({
    where: { projectId, modelVersionId: { in: o.modelVersionIds } },
    orderBy: { createdAt: 'desc' },
  });
}

export function insertRevision(
  tx: Tx,
  { projectId, actor }: ProjectScope,
  o: { modelVersionId: string; number: number; texts: Prisma.InputJsonObject; note: string },
): Promise<CardRevision> {
  return tx.cardRevision.create({ data: { projectId, ...o, authorId: actor.id, authorName: actor.name } });
}

/** Keeps the card of a request as it is now; one that is there stays unless the request is prepared anew. */
export async function upsertFreeze(
  tx: Tx,
  { projectId }: ProjectScope,
  o: { requestId: string; modelVersionId: string; revision: number; card: Prisma.InputJsonObject },
): Promise<void> {
  const { requestId, ...kept } = o;
  await tx.cardFreeze.upsert({
    where: { requestId, projectId },
    update: { ...kept, createdAt: new Date() },
    create: { projectId, requestId, ...kept },
  });
}

export function findFreeze(tx: Tx, { projectId }: ProjectScope, requestId: string): Promise<CardFreeze | null> {
  return tx.cardFreeze.findFirst({ where: { projectId, requestId } });
}
