import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { Feature, LaunchRecord, Space } from './training.schema.ts';

const WITH_RUNS = { runs: { select: { id: true, status: true } } } as const;

export type NewLaunch = {
  experimentId: string;
  name: string;
  datasetVersionId: string;
  features: Feature[];
  labelColumn: string;
  space: Space;
  seed: number;
};

export function insertLaunch(tx: Tx, scope: ProjectScope, values: NewLaunch): Promise<{ id: string; name: string }> {
  return tx.launch.create({
    data: { ...values, projectId: scope.projectId, createdById: scope.actor.kind === 'user' ? scope.actor.id : null },
    select: { id: true, name: true },
  });
}

/** Holds an experiment until the transaction ends, so that launches of it get their numbers one after another. */
export async function lockExperiment(tx: Tx, scope: ProjectScope, experimentId: string): Promise<void> {
  await tx.$queryRaw`select id from experiment where project_id = ${scope.projectId}::uuid and id = ${experimentId}::uuid for update`;
}

export function countLaunches(tx: Tx, scope: ProjectScope, experimentId: string): Promise<number> {
  return tx.launch.count({ where: { projectId: scope.projectId, experimentId } });
}

/** Launches of an experiment, newest first. */
export function findLaunches(tx: Tx, scope: ProjectScope, experiment: string): Promise<LaunchRecord[]> {
  return tx.launch.findMany({
    where: { projectId: scope.projectId, experiment: { name: experiment, archivedAt: null } },
    include: WITH_RUNS,
    orderBy: { createdAt: 'desc' },
  });
}

export function findLaunch(tx: Tx, scope: ProjectScope, o: { experiment: string; launch: string }): Promise<LaunchRecord | null> {
  return tx.launch.findFirst({
    where: { projectId: scope.projectId, name: o.launch, experiment: { name: o.experiment } },
    include: WITH_RUNS,
  });
}

export function findLaunchById(tx: Tx, scope: ProjectScope, id: string): Promise<LaunchRecord | null> {
  return tx.launch.findFirst({ where: { projectId: scope.projectId, id }, include: WITH_RUNS });
}

export async function markCancelRequested(tx: Tx, scope: ProjectScope, id: string): Promise<void> {
  await tx.launch.updateMany({ where: { projectId: scope.projectId, id }, data: { cancelRequested: true } });
}

/** Ends a launch when none of its runs waits or runs any more. */
export async function closeLaunch(tx: Tx, scope: ProjectScope, id: string): Promise<void> {
  await tx.launch.updateMany({
    where: { projectId: scope.projectId, id, endedAt: null, runs: { none: { status: { in: ['queued', 'running'] } } } },
    data: { endedAt: new Date() },
  });
}
