import { Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { GateRule } from '#server/domain/gates.schema.ts';
import type { Tx } from '#server/platform/db/client.ts';

/** Under what a list of gates is kept: the id of a model, or the project's own. */
export const PROJECT_GATES = 'project';

/** The list of gates that counts now for a subject, or null when it was never set. */
export function findLastGateSet(tx: Tx, scope: ProjectScope, subject: string) {
  return tx.gateSet.findFirst({ where: { projectId: scope.projectId, subject }, orderBy: { revision: 'desc' } });
}

/** All lists of a subject, newest first. */
export function findGateSets(tx: Tx, scope: ProjectScope, subject: string) {
  return tx.gateSet.findMany({ where: { projectId: scope.projectId, subject }, orderBy: { revision: 'desc' }, take: 200 });
}

/** Adds the next list; the unique key refuses a second one of the same revision. */
export function insertGateSet(
  tx: Tx,
  scope: ProjectScope,
  o: { subject: string; revision: number; rules: GateRule[] | null; reason: string },
) {
  return tx.gateSet.create({
    data: {
      ...o,
      rules: o.rules ?? Prisma.DbNull,
      projectId: scope.projectId,
      createdById: scope.actor.kind === 'user' ? scope.actor.id : null,
      createdByName: scope.actor.name,
    },
  });
}

/** The newest evidence of requests for these versions, newest first. */
export function findFrozenEvidence(tx: Tx, scope: ProjectScope, versionIds: string[]) {
  return tx.promotionRequest.findMany({
    where: { projectId: scope.projectId, modelVersionId: { in: versionIds }, evidence: { not: Prisma.DbNull } },
    orderBy: { requestedAt: 'desc' },
    select: { modelVersionId: true, evidence: true, targetStage: true, requestedAt: true },
  });
}
