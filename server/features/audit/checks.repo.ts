import type { Prisma } from '#prisma/generated/client/client.ts';
import type { Tx } from '#server/platform/db/client.ts';

export async function insertCheck(tx: Tx, by: { id: string | null; name: string }): Promise<string> {
  const row = await tx.auditCheck.create({ data: { requestedById: by.id, requestedBy: by.name }, select: { id: true } });
  return row.id;
}

export function findOpenCheck(tx: Tx) {
  return tx.auditCheck.findFirst({ where: { status: { in: ['queued', 'running'] } }, orderBy: { createdAt: 'desc' } });
}

/** The last check that came to an end, or null. */
export function findLastCheck(tx: Tx) {
  return tx.auditCheck.findFirst({ where: { status: { in: ['intact', 'tampered', 'failed'] } }, orderBy: { createdAt: 'desc' } });
}

/** When a check was last asked for by this name. */
export async function findLastAsked(tx: Tx, by: string): Promise<Date | null> {
  const row = await tx.auditCheck.findFirst({
    where: { requestedBy: by },
    orderBy: { createdAt: 'desc' },
    select: { createdAt: true },
  });
  return row?.createdAt ?? null;
}

export async function updateCheck(tx: Tx, id: string, data: Prisma.AuditCheckUpdateInput): Promise<void> {
  await tx.auditCheck.update({ where: { id }, data });
}
