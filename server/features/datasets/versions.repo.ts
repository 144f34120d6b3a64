import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { Column } from './columns.schema.ts';
import type { Profile } from './profile.schema.ts';
import type { LineageLink, Recipe } from './recipe.schema.ts';
import type { Progress, SplitResult, VersionRecord } from './versions.schema.ts';

const WITH_NAMES = {
  dataset: { select: { name: true, archivedAt: true } },
  data: { select: { size: true } },
  parent: { select: { id: true, number: true, dataset: { select: { name: true } } } },
} as const;

/** One version of the project, or null. */
export async function findVersion(tx: Tx, scope: ProjectScope, id: string): Promise<VersionRecord | null> {
  return tx.datasetVersion.findFirst({ where: { id, projectId: scope.projectId }, include: WITH_NAMES });
}

export async function findVersionByNumber(
  tx: Tx,
  scope: ProjectScope,
  dataset: string,
  number: number,
): Promise<VersionRecord | null> {
  return tx.datasetVersion.findFirst({
    where: { projectId: scope.projectId, number, dataset: { name: dataset, projectId: scope.projectId } },
    include: WITH_NAMES,
  });
}

/** All versions of a dataset, the newest first. */
export async function findVersions(tx: Tx, scope: ProjectScope, datasetId: string): Promise<VersionRecord[]> {
  return tx.datasetVersion.findMany({
    where: { projectId: scope.projectId, datasetId },
    include: WITH_NAMES,
    orderBy: { number: 'desc' },
  });
}

/** Adds a version with the next number; the dataset's row is locked, so that two at once get different numbers. */
export async function insertVersion(
  tx: Tx,
  scope: ProjectScope,
  o: {
    datasetId: string;
    recipe: Recipe;
    lineage: LineageLink[];
    note: string;
    parentId: string | null;
    sourceKey: string | null;
  },
): Promise<{ id: string; number: number } | null> {
  const locked = await tx.$queryRaw<{ id: string }[]>`
    select id from dataset where id = ${o.datasetId}::uuid and project_id = ${scope.projectId}::uuid for update`;
  if (locked.length === 0) return null;
  const last = await tx.datasetVersion.aggregate({
    where: { projectId: scope.projectId, datasetId: o.datasetId },
    _max: { number: true },
  });
  return tx.datasetVersion.create({
    data: {
      projectId: scope.projectId,
      datasetId: o.datasetId,
      number: (last._max.number ?? 0) + 1,
      recipe: o.recipe,
      lineage: o.lineage,
      note: o.note,
      parentId: o.parentId,
      sourceKey: o.sourceKey,
      progress: { share: 0, doing: 'waiting for a worker' } satisfies Progress,
      createdById: scope.actor.kind === 'user' ? scope.actor.id : null,
    },
    select: { id: true, number: true },
  });
}

/** Notes how far a build is. @returns false when it is no longer building: someone stopped it */
export async function saveProgress(tx: Tx, scope: ProjectScope, id: string, progress: Progress): Promise<boolean> {
  const { count } = await tx.datasetVersion.updateMany({
    where: { id, projectId: scope.projectId, status: 'building' },
    data: { progress },
  });
  return count === 1;
}

/** Ends a build well. @returns false when it had ended already */
export async function markReady(
  tx: Tx,
  scope: ProjectScope,
  id: string,
  o: {
    columns: Column[];
    profile: Profile;
    split: SplitResult;
    rowCount: number;
    quarantinedCount: number;
    dataKey: string;
    quarantineKey: string | null;
  },
): Promise<boolean> {
  const { count } = await tx.datasetVersion.updateMany({
    where: { id, projectId: scope.projectId, status: 'building' },
    data: {
      status: 'ready',
      columns: o.columns,
      profile: o.profile,
      split: o.split,
      rowCount: o.rowCount,
      quarantinedCount: o.quarantinedCount,
      contentHash: o.dataKey,
      dataKey: o.dataKey,
      quarantineKey: o.quarantineKey,
      progress: { share: 1, doing: 'ready' } satisfies Progress,
      readyAt: new Date(),
    },
  });
  return count === 1;
}

/** Ends a build badly. @returns false when it had ended already */
export async function markFailed(tx: Tx, scope: ProjectScope, id: string, error: string): Promise<boolean> {
  const { count } = await tx.datasetVersion.updateMany({
    where: { id, projectId: scope.projectId, status: 'building' },
    data: { status: 'failed', error },
  });
  return count === 1;
}

/** Names of people by id. */
export async function findPeople(tx: Tx, ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const people = await tx.user.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } });
  return new Map(people.map((person) => [person.id, person.name]));
}

/** How often a version is used by what is built on it. */
export async function countUsage(tx: Tx, scope: ProjectScope, versionId: string) {
  const where = { projectId: scope.projectId, datasetVersionId: versionId };
  const [runs, labelingProjects, models] = await Promise.all([
    tx.run.count({ where }),
    tx.labelingProject.count({ where }),
    tx.modelVersion.count({ where }),
  ]);
  return { runs, labelingProjects, models };
}

/** The project that a job works in. */
/** Versions of all projects that are being built and were asked for before a moment. */
export function findUnbuiltVersions(tx: Tx, before: Date): Promise<{ id: string; projectId: string }[]> {
  return tx.datasetVersion.findMany({
    where: { status: 'building', createdAt: { lt: before } },
    select: { id: true, projectId: true },
  });
}

export async function findProject(tx: Tx, projectId: string): Promise<{ id: string; name: string } | null> {
  return tx.project.findUnique({ where: { id: projectId }, select: { id: true, name: true } });
}

/** The newest version of each dataset. */
export async function findLatestVersions(tx: Tx, scope: ProjectScope): Promise<VersionRecord[]> {
  return tx.datasetVersion.findMany({
    where: { projectId: scope.projectId },
    include: WITH_NAMES,
    orderBy: [{ datasetId: 'asc' }, { number: 'desc' }],
    distinct: ['datasetId'],
  });
}

export async function findVersionsByIds(tx: Tx, scope: ProjectScope, ids: string[]): Promise<VersionRecord[]> {
  return tx.datasetVersion.findMany({ where: { id: { in: ids }, projectId: scope.projectId }, include: WITH_NAMES });
}

export async function findNewestReadyVersion(tx: Tx, scope: ProjectScope, datasetId: string): Promise<VersionRecord | null> {
  return tx.datasetVersion.findFirst({
    where: { projectId: scope.projectId, datasetId, status: 'ready' },
    include: WITH_NAMES,
    orderBy: { number: 'desc' },
  });
}
