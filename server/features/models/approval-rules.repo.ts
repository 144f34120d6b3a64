import type { ApprovalRule as RuleRow } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { ApprovalRule } from './approval.schema.ts';

/** The place of the project's own rules; those of a model lie under its id. */
export const PROJECT_PLACE = '*';

/** The rules that are kept at these places. */
export function findRules(tx: Tx, scope: ProjectScope, places: string[]): Promise<RuleRow[]> {
  return tx.approvalRule.findMany({ where: { projectId: scope.projectId, place: { in: places } } });
}

/**
 * Writes a rule if its place still is as the caller saw it (`expectedVersion` 0: nothing kept yet).
 * @returns its new version, or null when somebody was faster
 */
export async function writeRule(
  tx: Tx,
  scope: ProjectScope,
  o: { place: string; stage: string; rule: ApprovalRule; expectedVersion: number },
): Promise<number | null> {
  const written = { rule: o.rule, updatedAt: new Date(), updatedByName: scope.actor.name };
  if (o.expectedVersion === 0) {
    const made = await tx.approvalRule.createMany({
      data: [{ projectId: scope.projectId, place: o.place, stage: o.stage, ...written }],
      skipDuplicates: true,
    });
    return made.count === 1 ? 1 : null;
  }
  const changed = await tx.approvalRule.updateMany({
    where: { projectId: scope.projectId, place: o.place, stage: o.stage, version: o.expectedVersion },
    data: { ...written, version: { increment: 1 } },
  });
  return changed.count === 1 ? o.expectedVersion + 1 : null;
}

/** Takes a rule away; false when somebody changed it meanwhile. */
export async function deleteRule(
  tx: Tx,
  scope: ProjectScope,
  o: { place: string; stage: string; expectedVersion: number },
): Promise<boolean> {
  const gone = await tx.approvalRule.deleteMany({
    where: { projectId: scope.projectId, place: o.place, stage: o.stage, version: o.expectedVersion },
  });
  return gone.count === 1;
}
