import type { Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { ListAuditInput } from '#server/features/audit/audit.schema.ts';
import type { Tx } from '#server/platform/db/client.ts';

const FACETS = 200;

/** One entry more than the limit, newest first, so that the caller knows whether there is a next page. */
export async function findAuditEntries(tx: Tx, scope: ProjectScope, input: ListAuditInput) {
  return tx.auditEntry.findMany({
    where: whereOf(scope, input),
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: input.limit + 1,
  });
}

export type AuditEntryRow = Awaited<ReturnType<typeof findAuditEntries>>[number];

export async function findAuditActors(tx: Tx, scope: ProjectScope): Promise<string[]> {
  const rows = await tx.auditEntry.findMany({
    where: { projectId: scope.projectId },
    distinct: ['actorName'],
    orderBy: { actorName: 'asc' },
    take: FACETS,
    select: { actorName: true },
  });
  return rows.map((row) => row.actorName);
}

export async function findAuditActions(tx: Tx, scope: ProjectScope): Promise<string[]> {
  const rows = await tx.auditEntry.findMany({
    where: { projectId: scope.projectId },
    distinct: ['action'],
    orderBy: { action: 'asc' },
    take: FACETS,
    select: { action: true },
  });
  return rows.map((row) => row.action);
}

function whereOf(scope: ProjectScope, input: ListAuditInput): Prisma.AuditEntryWhereInput {
  const and: Prisma.AuditEntryWhereInput[] = [];
  if (input.target) {
    and.push({ OR: [{ targetName: { contains: input.target, mode: 'insensitive' } }, { targetId: input.target }] });
  }
  if (input.cursor) {
    const { at, id } = input.cursor;
    and.push({ OR: [{ at: { lt: at } }, { at, id: { lt: id } }] });
  }
  return {
    projectId: scope.projectId,
    ...(input.actor ? { actorName: input.actor } : {}),
    ...(input.action ? { action: input.action.endsWith('.') ? { startsWith: input.action } : input.action } : {}),
    ...(input.targetType ? { targetType: input.targetType } : {}),
    ...(input.from || input.to ? { at: { ...(input.from ? { gte: input.from } : {}), ...(input.to ? { lt: input.to } : {}) } } : {}),
    AND: and,
  };
}
