import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

/** Words on rows of a dataset version, the commonest first. */
export async function countTags(tx: Tx, scope: ProjectScope, datasetVersionId: string): Promise<{ tag: string; rows: number }[]> {
  const found = await tx.rowTag.groupBy({
    by: ['tag'],
    where: { projectId: scope.projectId, datasetVersionId },
    _count: true,
  });
  return found.map((row) => ({ tag: row.tag, rows: row._count })).sort((a, b) => b.rows - a.rows || a.tag.localeCompare(b.tag));
}

export function findTagsOfRows(tx: Tx, scope: ProjectScope, datasetVersionId: string, rows: number[]) {
  return tx.rowTag.findMany({
    where: { projectId: scope.projectId, datasetVersionId, row: { in: rows } },
    orderBy: [{ row: 'asc' }, { tag: 'asc' }],
  });
}

export async function findTaggedRows(tx: Tx, scope: ProjectScope, datasetVersionId: string, tag: string): Promise<number[]> {
  const found = await tx.rowTag.findMany({ where: { projectId: scope.projectId, datasetVersionId, tag }, select: { row: true } });
  return found.map((row) => row.row);
}

export async function insertTags(
  tx: Tx,
  scope: ProjectScope,
  o: { datasetVersionId: string; rows: number[]; tag: string },
): Promise<number> {
  const { actor } = scope;
  const made = await tx.rowTag.createMany({
    data: o.rows.map((row) => ({
      projectId: scope.projectId,
      datasetVersionId: o.datasetVersionId,
      row,
      tag: o.tag,
      createdById: actor.kind === 'user' ? actor.id : null,
      createdByName: actor.name,
    })),
    skipDuplicates: true,
  });
  return made.count;
}

export async function deleteTags(
  tx: Tx,
  scope: ProjectScope,
  o: { datasetVersionId: string; rows: number[]; tag: string },
): Promise<number> {
  const gone = await tx.rowTag.deleteMany({
    where: { projectId: scope.projectId, datasetVersionId: o.datasetVersionId, tag: o.tag, row: { in: o.rows } },
  });
  return gone.count;
}
