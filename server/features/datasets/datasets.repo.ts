import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { DatasetRecord } from './datasets.schema.ts';

const WITH_COUNT = { _count: { select: { versions: true } } } as const;

export async function findDatasets(tx: Tx, scope: ProjectScope, archived: boolean): Promise<DatasetRecord[]> {
  return tx.dataset.findMany({
    where: { projectId: scope.projectId, archivedAt: archived ? { not: null } : null },
    include: WITH_COUNT,
    orderBy: { createdAt: 'desc' },
  });
}

export async function findDatasetByName(tx: Tx, scope: ProjectScope, name: string): Promise<DatasetRecord | null> {
  return tx.dataset.findFirst({ where: { projectId: scope.projectId, name }, include: WITH_COUNT });
}

export async function findDatasetById(tx: Tx, scope: ProjectScope, id: string): Promise<DatasetRecord | null> {
  return tx.dataset.findFirst({ where: { projectId: scope.projectId, id }, include: WITH_COUNT });
}

export async function insertDataset(
  tx: Tx,
  scope: ProjectScope,
  o: { name: string; description: string },
): Promise<{ id: string }> {
  return tx.dataset.create({
    data: {
      projectId: scope.projectId,
      name: o.name,
      description: o.description,
      createdById: scope.actor.kind === 'user' ? scope.actor.id : null,
    },
    select: { id: true },
  });
}

export async function setArchived(tx: Tx, scope: ProjectScope, id: string, archivedAt: Date | null): Promise<void> {
  await tx.dataset.updateMany({ where: { id, projectId: scope.projectId }, data: { archivedAt, version: { increment: 1 } } });
}
