import type { Prisma } from '#prisma/generated/client/client.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

export type AuditRow = {
  actor: Pick<Actor, 'kind' | 'id' | 'name'>;
  projectId: string | null;
  action: string;
  target: { type: string; id: string; name: string };
  reason?: string | undefined;
  details?: Record<string, unknown> | undefined;
};

/** Appends to the record of who did what; the database refuses to change or delete what stands in it. */
export async function insertAuditEntry(tx: Tx, row: AuditRow): Promise<void> {
  await tx.auditEntry.createMany({
    data: [
      {
        projectId: row.projectId,
        actorKind: row.actor.kind,
        actorId: row.actor.id,
        actorName: row.actor.name,
        action: row.action,
        targetType: row.target.type,
        targetId: row.target.id,
        targetName: row.target.name,
        reason: row.reason ?? null,
        details: jsonOf(row.details),
      },
    ],
  });
}

/** Details as JSON can hold them: dates become text, undefined goes. */
function jsonOf(details: Record<string, unknown> | undefined): Prisma.InputJsonObject {
  return details ? (JSON.parse(JSON.stringify(details)) as Prisma.InputJsonObject) : {};
}
