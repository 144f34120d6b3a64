import type { Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { RunRecord, RunStatus } from './runs.schema.ts';

const WITH_NAMES = {
  experiment: { select: { name: true } },
  launch: { select: { id: true, name: true } },
  params: { select: { key: true, value: true }, orderBy: { key: 'asc' } },
} as const satisfies Prisma.RunInclude;

export type NewRun = {
  experimentId: string;
  launchId: string | null;
  trial: number | null;
  name: string;
  datasetVersionId: string | null;
  seed: number | null;
  features: { name: string; kind: string }[];
  params: Record<string, string>;
};

/** Inserts runs with their parameters, in state queued; ids in the order given. */
export async function insertRuns(tx: Tx, scope: ProjectScope, runs: readonly NewRun[]): Promise<{ id: string; name: string }[]> {
  const made = await tx.run.createManyAndReturn({
    data: runs.map(({ params: _, ...run }) => ({
      ...run,
      projectId: scope.projectId,
      createdById: scope.actor.kind === 'user' ? scope.actor.id : null,
    })),
    select: { id: true, name: true },
  });
  const idOf = new Map(made.map((run) => [run.name, run.id]));
  await tx.runParam.createMany({
    data: runs.flatMap((run) =>
      Object.entries(run.params).map(([key, value]) => ({
        projectId: scope.projectId,
        runId: idOf.get(run.name) ?? '',
        key,
        value,
      })),
    ),
  });
  return runs.map((run) => ({ id: idOf.get(run.name) ?? '', name: run.name }));
}

/** Runs of one experiment, newest first and within a launch by trial. */
export function findRuns(
  tx: Tx,
  scope: ProjectScope,
  o: { experiment: string; status?: RunStatus | undefined; launch?: string | undefined },
): Promise<RunRecord[]> {
  return tx.run.findMany({
    where: {
      projectId: scope.projectId,
      experiment: { name: o.experiment, archivedAt: null },
      ...(o.status ? { status: o.status } : {}),
      ...(o.launch ? { launch: { name: o.launch } } : {}),
    },
    include: WITH_NAMES,
    orderBy: [{ createdAt: 'desc' }, { trial: 'asc' }],
  });
}

/** The runs of these ids that are in the project, in no certain order. */
export function findRunsById(tx: Tx, scope: ProjectScope, ids: readonly string[]): Promise<RunRecord[]> {
  return tx.run.findMany({ where: { projectId: scope.projectId, id: { in: [...ids] } }, include: WITH_NAMES });
}

/** The runs of an experiment with these names, in no certain order. */
export function findRunsByName(tx: Tx, scope: ProjectScope, experiment: string, names: readonly string[]): Promise<RunRecord[]> {
  return tx.run.findMany({
    where: { projectId: scope.projectId, experiment: { name: experiment, archivedAt: null }, name: { in: [...names] } },
    include: WITH_NAMES,
  });
}

export async function findRun(tx: Tx, scope: ProjectScope, id: string): Promise<RunRecord | null> {
  const [run] = await findRunsById(tx, scope, [id]);
  return run ?? null;
}

export function countRunsIn(tx: Tx, scope: ProjectScope, statuses: readonly RunStatus[] | null): Promise<number> {
  return tx.run.count({ where: { projectId: scope.projectId, ...(statuses ? { status: { in: [...statuses] } } : {}) } });
}

/** Launched runs of all projects that haven't ended and were made before a moment. */
export function findUnendedRuns(tx: Tx, before: Date) {
  return tx.run.findMany({
    where: { launchId: { not: null }, status: { in: ['queued', 'running'] }, createdAt: { lt: before } },
    select: { id: true, projectId: true, cancelRequested: true },
  });
}

/** Names that runs of an experiment have already. */
export async function findRunNames(tx: Tx, scope: ProjectScope, experimentId: string): Promise<Set<string>> {
  const runs = await tx.run.findMany({ where: { projectId: scope.projectId, experimentId }, select: { name: true } });
  return new Set(runs.map((run) => run.name));
}

export type RunChange = Prisma.RunUncheckedUpdateManyInput;

/** Changes a run if it is in one of the given states; false when it isn't any more. */
export async function updateRun(
  tx: Tx,
  scope: ProjectScope,
  o: { id: string; from: readonly RunStatus[]; change: RunChange },
): Promise<boolean> {
  const { count } = await tx.run.updateMany({
    where: { projectId: scope.projectId, id: o.id, status: { in: [...o.from] } },
    data: o.change,
  });
  return count === 1;
}

/** Keeps an artifact under its path; one that was there is replaced. */
export async function putArtifact(
  tx: Tx,
  scope: ProjectScope,
  o: { runId: string; path: string; objectKey: string; size: number },
): Promise<void> {
  const values = { objectKey: o.objectKey, size: BigInt(o.size) };
  await tx.artifact.upsert({
    where: { runId_path: { runId: o.runId, path: o.path }, projectId: scope.projectId },
    create: { projectId: scope.projectId, runId: o.runId, path: o.path, ...values },
    update: values,
  });
}

export function findArtifacts(tx: Tx, scope: ProjectScope, runId: string) {
  return tx.artifact.findMany({ where: { projectId: scope.projectId, runId }, orderBy: { path: 'asc' } });
}

/** Versions of models that came out of a run. */
export function findRegistered(tx: Tx, scope: ProjectScope, runId: string) {
  return tx.modelVersion.findMany({
    where: { projectId: scope.projectId, runId },
    select: { number: true, stage: true, model: { select: { name: true } } },
    orderBy: { number: 'asc' },
  });
}

/** Dataset versions by id, as people name them. */
export async function findDatasetNames(
  tx: Tx,
  scope: ProjectScope,
  versionIds: readonly (string | null)[],
): Promise<Map<string, { name: string; number: number }>> {
  const ids = [...new Set(versionIds.filter((id): id is string => id !== null))];
  if (ids.length === 0) return new Map();
  const versions = await tx.datasetVersion.findMany({
    where: { projectId: scope.projectId, id: { in: ids } },
    select: { id: true, number: true, dataset: { select: { name: true } } },
  });
  return new Map(versions.map((version) => [version.id, { name: version.dataset.name, number: version.number }]));
}
