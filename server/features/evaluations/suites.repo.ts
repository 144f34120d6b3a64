import type { EvaluationSuite, GoldVersion, Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { SuiteSettings } from './suite.schema.ts';

export type SuiteRow = EvaluationSuite;
export type GoldRow = GoldVersion;

export function findSuite(tx: Tx, scope: ProjectScope, modelId: string): Promise<SuiteRow | null> {
  return tx.evaluationSuite.findFirst({ where: { projectId: scope.projectId, modelId } });
}

/** The suite of a model, made with its defaults where there is none. */
export async function ensureSuiteRow(tx: Tx, scope: ProjectScope, modelId: string, settings: SuiteSettings): Promise<SuiteRow> {
  await tx.evaluationSuite.createMany({
    data: [{ projectId: scope.projectId, modelId, settings: settings as Prisma.InputJsonValue }],
    skipDuplicates: true,
  });
  return tx.evaluationSuite.findFirstOrThrow({ where: { projectId: scope.projectId, modelId } });
}

/** Changes a suite if it is still what the caller saw; false when somebody was faster. */
export async function updateSuite(
  tx: Tx,
  scope: ProjectScope,
  o: { modelId: string; expectedVersion: number; settings: SuiteSettings },
): Promise<boolean> {
  const changed = await tx.evaluationSuite.updateMany({
    where: { projectId: scope.projectId, modelId: o.modelId, version: o.expectedVersion },
    data: {
      settings: o.settings as Prisma.InputJsonValue,
      version: { increment: 1 },
      updatedAt: new Date(),
      updatedByName: scope.actor.name,
    },
  });
  return changed.count === 1;
}

/** Locks of the project, newest first; those that stand unless `released` is asked for too. */
export function findGoldRows(
  tx: Tx,
  scope: ProjectScope,
  o: { released: boolean; datasetVersionIds?: string[] },
): Promise<GoldRow[]> {
  return tx.goldVersion.findMany({
    where: {
      projectId: scope.projectId,
      ...(o.released ? {} : { releasedAt: null }),
      ...(o.datasetVersionIds ? { datasetVersionId: { in: o.datasetVersionIds } } : {}),
    },
    orderBy: { lockedAt: 'desc' },
  });
}

export function insertGold(
  tx: Tx,
  scope: ProjectScope,
  values: { datasetVersionId: string; split: string; contentHash: string; rows: number; reason: string },
): Promise<GoldRow> {
  return tx.goldVersion.create({
    data: {
      ...values,
      projectId: scope.projectId,
      lockedById: scope.actor.kind === 'user' ? scope.actor.id : null,
      lockedByName: scope.actor.name,
    },
  });
}

/** Ends a lock that stands; false when it doesn't. */
export async function endGold(tx: Tx, scope: ProjectScope, o: { id: string; reason: string }): Promise<boolean> {
  const changed = await tx.goldVersion.updateMany({
    where: { projectId: scope.projectId, id: o.id, releasedAt: null },
    data: { releasedAt: new Date(), releasedByName: scope.actor.name, releaseReason: o.reason },
  });
  return changed.count === 1;
}
