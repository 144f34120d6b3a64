import type { ProjectScope } from '#server/auth/actor.ts';
import type { ProjectBrief } from '#server/domain/brief.schema.ts';
import type { Tx } from '#server/platform/db/client.ts';

const REVISION = { number: true, content: true, byName: true, reason: true, at: true } as const;

export async function findBrief(tx: Tx, scope: ProjectScope, number?: number) {
  return tx.projectBrief.findFirst({
    where: { projectId: scope.projectId, ...(number === undefined ? {} : { number }) },
    orderBy: { number: 'desc' },
    select: REVISION,
  });
}

/** All revisions, newest first. */
export async function findBriefs(tx: Tx, scope: ProjectScope) {
  return tx.projectBrief.findMany({ where: { projectId: scope.projectId }, orderBy: { number: 'desc' }, select: REVISION });
}

/** Adds a revision; the unique number says no when somebody else was quicker. */
export async function insertBrief(
  tx: Tx,
  scope: ProjectScope,
  row: { number: number; content: ProjectBrief; reason: string | null },
): Promise<void> {
  await tx.projectBrief.create({
    data: { projectId: scope.projectId, byId: scope.actor.id, byName: scope.actor.name, ...row },
    select: { number: true },
  });
}
