import { Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { DisplayColumn, LabelDefinition, LabelingStatus, Sample } from './labeling.schema.ts';

/** A labeling project with its JSON columns as what they are. */
export type LabelingRow = {
  id: string;
  name: string;
  question: string;
  guideline: string;
  labels: LabelDefinition[];
  displayColumns: DisplayColumn[];
  datasetVersionId: string;
  keyColumn: string;
  sample: Sample;
  leaseSeconds: number;
  status: LabelingStatus;
  error: string | null;
  createdAt: Date;
  closedAt: Date | null;
  version: number;
};

type Stored = NonNullable<Awaited<ReturnType<Tx['labelingProject']['findFirst']>>>;

function rowOf(stored: Stored): LabelingRow {
  // These columns are written by `insertLabeling` only, from values that the schema has checked.
  return {
    ...stored,
    labels: stored.labels as LabelDefinition[],
    displayColumns: stored.displayColumns as DisplayColumn[],
    sample: stored.sample as Sample,
    status: stored.status as LabelingStatus,
  };
}

export type NewLabeling = Pick<
  LabelingRow,
  'name' | 'question' | 'guideline' | 'labels' | 'displayColumns' | 'datasetVersionId' | 'keyColumn' | 'sample' | 'leaseSeconds'
>;

export async function insertLabeling(tx: Tx, scope: ProjectScope, row: NewLabeling): Promise<LabelingRow> {
  const createdById = scope.actor.kind === 'user' ? scope.actor.id : null;
  return rowOf(await tx.labelingProject.create({ data: { ...row, projectId: scope.projectId, createdById } }));
}

/** All labeling projects of the project, newest first. */
export async function findLabelings(tx: Tx, scope: ProjectScope): Promise<LabelingRow[]> {
  const rows = await tx.labelingProject.findMany({ where: { projectId: scope.projectId }, orderBy: { createdAt: 'desc' } });
  return rows.map(rowOf);
}

export async function findLabelingByName(tx: Tx, scope: ProjectScope, name: string): Promise<LabelingRow | null> {
  const row = await tx.labelingProject.findFirst({ where: { projectId: scope.projectId, name } });
  return row && rowOf(row);
}

export async function findLabelingById(tx: Tx, scope: ProjectScope, id: string): Promise<LabelingRow | null> {
  const row = await tx.labelingProject.findFirst({ where: { projectId: scope.projectId, id } });
  return row && rowOf(row);
}

/** Labeling projects of all projects whose queue is being filled and that were made before a moment. */
export function findUnpreparedLabelings(tx: Tx, before: Date): Promise<{ id: string; projectId: string }[]> {
  return tx.labelingProject.findMany({
    where: { status: 'preparing', createdAt: { lt: before } },
    select: { id: true, projectId: true },
  });
}

/** Changes what people edit, if nobody else did since `version`. False when somebody did. */
export async function updateLabeling(
  tx: Tx,
  scope: ProjectScope,
  at: { id: string; version: number },
  patch: { question?: string; guideline?: string; status?: LabelingStatus; closedAt?: Date | null },
): Promise<boolean> {
  const { count } = await tx.labelingProject.updateMany({
    where: { projectId: scope.projectId, id: at.id, version: at.version },
    data: { ...patch, version: { increment: 1 } },
  });
  return count === 1;
}

/** Ends the preparation; does nothing when it has ended already. */
export async function endPreparation(
  tx: Tx,
  scope: ProjectScope,
  id: string,
  end: { status: 'active'; sample: Sample; displayColumns: DisplayColumn[] } | { status: 'failed'; error: string },
): Promise<boolean> {
  const { count } = await tx.labelingProject.updateMany({
    where: { projectId: scope.projectId, id, status: 'preparing' },
    data: end,
  });
  return count === 1;
}

/** Puts rows into the queue in the given order; rows that are there already stay as they are. */
export async function insertItems(
  tx: Tx,
  scope: ProjectScope,
  labelingId: string,
  items: { position: number; rowKey: string; data: Record<string, unknown> }[],
): Promise<void> {
  await tx.labelItem.createMany({
    data: items.map((item) => ({
      position: item.position,
      rowKey: item.rowKey,
      data: item.data as Prisma.InputJsonObject,
      projectId: scope.projectId,
      labelingProjectId: labelingId,
    })),
    skipDuplicates: true,
  });
}

/** Labels that stand, by row key, in the order of the queue. */
export async function findFinishedLabels(
  tx: Tx,
  scope: ProjectScope,
  labelingId: string,
): Promise<{ key: string; label: string }[]> {
  return tx.$queryRaw(Prisma.sql`
    select i.row_key as key, a.label
    from label_item i
    join annotation a on a.item_id = i.id and a.undone_at is null and a.label is not null
    where i.project_id = ${scope.projectId}::uuid and i.labeling_project_id = ${labelingId}::uuid and i.status = 'done'
    order by i.position`);
}
