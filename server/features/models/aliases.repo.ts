import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

const WITH_NUMBER = { modelVersion: { select: { number: true } } } as const;

/** The aliases of one model, or of all models of the project, by name. */
export function findAliases(tx: Tx, scope: ProjectScope, o: { modelId?: string; versionIds?: string[] } = {}) {
  return tx.modelAlias.findMany({
    where: {
      projectId: scope.projectId,
      ...(o.modelId ? { modelId: o.modelId } : {}),
      ...(o.versionIds ? { modelVersionId: { in: o.versionIds } } : {}),
    },
    include: WITH_NUMBER,
    orderBy: { name: 'asc' },
  });
}

export function findAlias(tx: Tx, scope: ProjectScope, o: { modelId: string; name: string }) {
  return tx.modelAlias.findFirst({ where: { projectId: scope.projectId, ...o }, include: WITH_NUMBER });
}

/** Points an alias at a version; the model's row is held. */
export function upsertAlias(
  tx: Tx,
  scope: ProjectScope,
  o: { modelId: string; name: string; modelVersionId: string; protected: boolean },
) {
  const { modelId, name, ...values } = o;
  const set = { ...values, setByName: scope.actor.name };
  return tx.modelAlias.upsert({
    where: { modelId_name: { modelId, name }, projectId: scope.projectId },
    create: { ...set, modelId, name, projectId: scope.projectId },
    update: { ...set, setAt: new Date(), version: { increment: 1 } },
  });
}

export async function deleteAlias(tx: Tx, scope: ProjectScope, id: string): Promise<void> {
  await tx.modelAlias.deleteMany({ where: { projectId: scope.projectId, id } });
}

export function insertAliasChange(
  tx: Tx,
  scope: ProjectScope,
  o: {
    modelId: string;
    name: string;
    from: number | null;
    to: number | null;
    protected: boolean;
    reason: string;
    requestId: string | null;
  },
) {
  return tx.aliasChange.create({
    data: { ...o, projectId: scope.projectId, actorId: scope.actor.id, actorName: scope.actor.name },
  });
}

/** What the aliases of a model pointed at, newest first. */
export function findAliasChanges(tx: Tx, scope: ProjectScope, modelId: string) {
  return tx.aliasChange.findMany({ where: { projectId: scope.projectId, modelId }, orderBy: { at: 'desc' }, take: 200 });
}
