import type { FairnessPolicy } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { FairnessRules } from '#server/domain/fairness/policy.schema.ts';
import type { Tx } from '#server/platform/db/client.ts';

export type PolicyRow = FairnessPolicy;

/** All states of a model's policy, newest first. */
export function findPolicies(tx: Tx, scope: ProjectScope, modelId: string): Promise<PolicyRow[]> {
  return tx.fairnessPolicy.findMany({ where: { projectId: scope.projectId, modelId }, orderBy: { number: 'desc' }, take: 200 });
}

export function findCurrentPolicy(tx: Tx, scope: ProjectScope, modelId: string): Promise<PolicyRow | null> {
  return tx.fairnessPolicy.findFirst({ where: { projectId: scope.projectId, modelId }, orderBy: { number: 'desc' } });
}

/** The next state; false when another with this number is there already. */
export async function insertPolicy(
  tx: Tx,
  scope: ProjectScope,
  o: { modelId: string; number: number; rules: FairnessRules; reason: string },
): Promise<boolean> {
  const made = await tx.fairnessPolicy.createMany({
    data: [
      {
        ...o,
        projectId: scope.projectId,
        createdById: scope.actor.kind === 'user' ? scope.actor.id : null,
        createdByName: scope.actor.name,
      },
    ],
    skipDuplicates: true,
  });
  return made.count === 1;
}
