import type { Model, ModelVersion, Prisma, StageChange } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Signature } from '#server/domain/signature.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { Stage } from './models.schema.ts';

export type ModelRow = Model;
export type VersionRow = ModelVersion;
export type VersionWithModel = ModelVersion & { model: Model };
export type StageChangeRow = StageChange;

/** All models of the project with their versions, newest model first. */
export function findModels(tx: Tx, scope: ProjectScope): Promise<(Model & { versions: ModelVersion[] })[]> {
  return tx.model.findMany({
    where: { projectId: scope.projectId },
    include: { versions: { where: { deletedAt: null }, orderBy: { number: 'desc' } } },
    orderBy: { createdAt: 'desc' },
  });
}

export function findModel(tx: Tx, scope: ProjectScope, name: string): Promise<Model | null> {
  return tx.model.findUnique({ where: { projectId_name: { projectId: scope.projectId, name } } });
}

/** Makes the model unless one of this name is there, and holds its row until the transaction ends. */
export async function ensureModel(
  tx: Tx,
  scope: ProjectScope,
  values: { name: string; description: string; positive: string | null },
): Promise<{ model: Model; made: boolean }> {
  const made = await tx.model.createMany({
    data: [{ ...values, projectId: scope.projectId, createdById: scope.actor.kind === 'user' ? scope.actor.id : null }],
    skipDuplicates: true,
  });
  await lockModel(tx, scope, values.name);
  const model = await tx.model.findUniqueOrThrow({
    where: { projectId_name: { projectId: scope.projectId, name: values.name } },
  });
  return { model, made: made.count === 1 };
}

/** Holds a model's row: everything that changes a stage, a request or a rollout of it goes one after another. */
export async function lockModel(tx: Tx, scope: ProjectScope, name: string): Promise<void> {
  await tx.$queryRaw`select id from model where project_id = ${scope.projectId}::uuid and name = ${name} for update`;
}

/** Changes a model if it still is what the caller saw; false when somebody was faster. */
export async function updateModel(
  tx: Tx,
  scope: ProjectScope,
  o: { name: string; expectedVersion: number; description: string; positive: string | null },
): Promise<boolean> {
  const changed = await tx.model.updateMany({
    where: { projectId: scope.projectId, name: o.name, version: o.expectedVersion },
    data: { description: o.description, positive: o.positive, version: { increment: 1 } },
  });
  return changed.count === 1;
}

export async function setPositive(tx: Tx, scope: ProjectScope, modelId: string, positive: string): Promise<void> {
  await tx.model.updateMany({
    where: { projectId: scope.projectId, id: modelId },
    data: { positive, version: { increment: 1 } },
  });
}

export function findVersions(tx: Tx, scope: ProjectScope, modelId: string): Promise<ModelVersion[]> {
  return tx.modelVersion.findMany({
    where: { projectId: scope.projectId, modelId, deletedAt: null },
    orderBy: { number: 'desc' },
  });
}

export function findVersionsById(tx: Tx, scope: ProjectScope, ids: string[]): Promise<VersionWithModel[]> {
  return tx.modelVersion.findMany({ where: { projectId: scope.projectId, id: { in: ids } }, include: { model: true } });
}

export function findVersion(tx: Tx, scope: ProjectScope, model: string, number: number): Promise<VersionWithModel | null> {
  return tx.modelVersion.findFirst({
    where: { projectId: scope.projectId, number, model: { name: model, projectId: scope.projectId } },
    include: { model: true },
  });
}

/** The version that came into a stage last and is there still, leaving out `exceptId`. */
export async function findCurrentIn(
  tx: Tx,
  scope: ProjectScope,
  o: { modelId: string; stage: Stage | Stage[]; exceptId?: string },
): Promise<VersionWithModel | null> {
  const stages = [o.stage].flat();
  const versions = await tx.modelVersion.findMany({
    where: {
      projectId: scope.projectId,
      modelId: o.modelId,
      stage: { in: stages },
      deletedAt: null,
      ...(o.exceptId ? { id: { not: o.exceptId } } : {}),
    },
    include: { model: true, stageChanges: { where: { to: { in: stages } }, orderBy: { at: 'desc' }, take: 1 } },
  });
  const entered = (version: (typeof versions)[number]) => (version.stageChanges[0]?.at ?? version.createdAt).getTime();
  return versions.sort((a, b) => entered(b) - entered(a) || b.number - a.number)[0] ?? null;
}

export type NewVersion = {
  modelId: string;
  source: 'run' | 'upload';
  runId: string | null;
  datasetVersionId: string | null;
  graphKey: string;
  signature: Signature;
  sizeBytes: number;
  note: string;
};

/** The next version of a model whose row the transaction holds. */
export async function insertVersion(tx: Tx, scope: ProjectScope, values: NewVersion): Promise<ModelVersion> {
  const last = await tx.modelVersion.aggregate({
    where: { projectId: scope.projectId, modelId: values.modelId },
    _max: { number: true },
  });
  const start = await tx.stage.findFirst({ where: { projectId: scope.projectId, role: 'start' }, select: { name: true } });
  return tx.modelVersion.create({
    data: {
      ...values,
      ...(start ? { stage: start.name } : {}),
      signature: values.signature as Prisma.InputJsonValue,
      sizeBytes: BigInt(values.sizeBytes),
      projectId: scope.projectId,
      number: (last._max.number ?? 0) + 1,
      createdById: scope.actor.kind === 'user' ? scope.actor.id : null,
    },
  });
}

/** Moves a version from the stage that the caller saw; false when it isn't there any more. */
export async function updateStage(tx: Tx, scope: ProjectScope, o: { id: string; from: Stage; to: Stage }): Promise<boolean> {
  const changed = await tx.modelVersion.updateMany({
    where: { projectId: scope.projectId, id: o.id, stage: o.from },
    data: { stage: o.to, version: { increment: 1 } },
  });
  return changed.count === 1;
}

export function insertStageChange(
  tx: Tx,
  scope: ProjectScope,
  o: { modelVersionId: string; from: Stage; to: Stage; reason: string; requestId: string | null; at: Date },
): Promise<StageChange> {
  return tx.stageChange.create({
    data: { ...o, projectId: scope.projectId, actorId: scope.actor.id, actorName: scope.actor.name },
  });
}

export function findStageChanges(tx: Tx, scope: ProjectScope, versionIds: string[]): Promise<StageChange[]> {
  return tx.stageChange.findMany({
    where: { projectId: scope.projectId, modelVersionId: { in: versionIds } },
    orderBy: { at: 'asc' },
  });
}

/** Names of people by id, for "made by". */
export async function findPeopleNames(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const people = await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(people.map((person) => [person.id, person.name]));
}

/** A file that somebody uploaded to this project. */
export function findUpload(tx: Tx, scope: ProjectScope, id: string) {
  return tx.upload.findFirst({ where: { id, projectId: scope.projectId } });
}
