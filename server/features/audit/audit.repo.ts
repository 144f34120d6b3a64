import type { Prisma } from '#prisma/generated/client/client.ts';
import type { ListAuditInput } from '#server/features/audit/audit.schema.ts';
import type { Tx } from '#server/platform/db/client.ts';

/** Where a record belongs: one project, or (null) the installation itself. */
export type AuditPlace = { projectId: string | null };

const FACETS = 200;

/** One entry more than the limit, newest first, so that the caller knows whether there is a next page. */
export async function findAuditEntries(tx: Tx, place: AuditPlace, input: ListAuditInput) {
  return tx.auditEntry.findMany({
    where: whereOf(place, input),
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: input.limit + 1,
  });
}

export async function findAuditActors(tx: Tx, place: AuditPlace): Promise<string[]> {
  const rows = await tx.auditEntry.findMany({
    where: { projectId: place.projectId },
    distinct: ['actorName'],
    orderBy: { actorName: 'asc' },
    take: FACETS,
    select: { actorName: true },
  });
  return rows.map((row) => row.actorName);
}

export async function findAuditActions(tx: Tx, place: AuditPlace): Promise<string[]> {
  const rows = await tx.auditEntry.findMany({
    where: { projectId: place.projectId },
    distinct: ['action'],
    orderBy: { action: 'asc' },
    take: FACETS,
    select: { action: true },
  });
  return rows.map((row) => row.action);
}

function whereOf(place: AuditPlace, input: ListAuditInput): Prisma.AuditEntryWhereInput {
  const and: Prisma.AuditEntryWhereInput[] = [];
  if (input.target) {
    and.push({ OR: [{ targetName: { contains: input.target, mode: 'insensitive' } }, { targetId: input.target }] });
  }
  if (input.cursor) {
    const { at, id } = input.cursor;
    and.push({ OR: [{ at: { lt: at } }, { at, id: { lt: id } }] });
  }
  return {
    projectId: place.projectId,
    ...(input.actor ? { actorName: input.actor } : {}),
    ...(input.action ? { action: input.action.endsWith('.') ? { startsWith: input.action } : input.action } : {}),
    ...(input.targetType ? { targetType: input.targetType } : {}),
    ...(input.from || input.to
      ? { at: { ...(input.from ? { gte: input.from } : {}), ...(input.to ? { lt: input.to } : {}) } }
      : {}),
    AND: and,
  };
}
