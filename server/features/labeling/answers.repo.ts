import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { CellValue } from './queue.schema.ts';

export type AnnotationRow = {
  id: string;
  labelingProjectId: string;
  itemId: string;
  userId: string;
  label: string | null;
  skipped: boolean;
  skipReason: string | null;
  durationMs: number;
  createdAt: Date;
  undoneAt: Date | null;
};

export async function findAnnotation(tx: Tx, scope: ProjectScope, id: string): Promise<AnnotationRow | null> {
  return tx.annotation.findFirst({ where: { projectId: scope.projectId, id } });
}

/** The one answer of an item that stands. */
export async function findStandingAnnotation(tx: Tx, scope: ProjectScope, itemId: string): Promise<AnnotationRow | null> {
  return tx.annotation.findFirst({ where: { projectId: scope.projectId, itemId, undoneAt: null } });
}

/** Writes an answer. The caller holds the item, so there is no other that stands. */
export async function insertAnnotation(
  tx: Tx,
  scope: ProjectScope,
  row: Omit<AnnotationRow, 'createdAt' | 'undoneAt'>,
): Promise<AnnotationRow> {
  return tx.annotation.create({ data: { ...row, projectId: scope.projectId } });
}

/** Takes an answer back; it stays in the record, marked. */
export async function markUndone(tx: Tx, scope: ProjectScope, id: string): Promise<void> {
  await tx.annotation.updateMany({ where: { projectId: scope.projectId, id, undoneAt: null }, data: { undoneAt: new Date() } });
}

/** True when the person has answered anything in this labeling project, undone or not. */
export async function hasAnswered(tx: Tx, scope: ProjectScope, at: { labelingId: string; userId: string }): Promise<boolean> {
  const first = await tx.annotation.findFirst({
    where: { projectId: scope.projectId, labelingProjectId: at.labelingId, userId: at.userId },
    select: { id: true },
  });
  return first !== null;
}

export type HistoryRow = AnnotationRow & {
  item: { id: string; position: number; rowKey: string; data: Record<string, CellValue> };
};

/** The person's own answers that stand, newest first. */
export async function findHistory(
  tx: Tx,
  scope: ProjectScope,
  at: { labelingId: string; userId: string; limit: number; before: string | undefined },
): Promise<HistoryRow[]> {
  const rows = await tx.annotation.findMany({
    where: {
      projectId: scope.projectId,
      labelingProjectId: at.labelingId,
      userId: at.userId,
      undoneAt: null,
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: at.limit,
    ...(at.before ? { cursor: { id: at.before }, skip: 1 } : {}),
    include: { item: { select: { id: true, position: true, rowKey: true, data: true } } },
  });
  return rows.map((row) => ({ ...row, item: { ...row.item, data: row.item.data as Record<string, CellValue> } }));
}
