import type { Tx } from '#server/platform/db/client.ts';

/** Where a record belongs: one project, or (null) the installation itself. */
export type AuditPlace = { projectId: string | null };

const FACETS = 200;

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
