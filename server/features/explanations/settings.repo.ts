import type { ExplanationSetting } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { Permitted } from './explanations.schema.ts';

export function findSettings(tx: Tx, scope: ProjectScope, modelId: string): Promise<ExplanationSetting | null> {
  return tx.explanationSetting.findFirst({ where: { projectId: scope.projectId, modelId } });
}

/** Writes the settings if they still are what the caller saw (0: none yet); false when somebody was faster. */
export async function writeSettings(
  tx: Tx,
  scope: ProjectScope,
  o: { modelId: string; expectedVersion: number; permitted: Permitted },
): Promise<boolean> {
  const values = { permitted: o.permitted, updatedByName: scope.actor.name };
  if (o.expectedVersion === 0) {
    const made = await tx.explanationSetting.createMany({
      data: [{ ...values, projectId: scope.projectId, modelId: o.modelId }],
      skipDuplicates: true,
    });
    return made.count === 1;
  }
  const changed = await tx.explanationSetting.updateMany({
    where: { projectId: scope.projectId, modelId: o.modelId, version: o.expectedVersion },
    data: { ...values, version: { increment: 1 } },
  });
  return changed.count === 1;
}
