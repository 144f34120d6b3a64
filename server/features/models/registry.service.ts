import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db } from '#server/platform/db/client.ts';
import type { ModelRow, VersionWithModel } from './models.repo.ts';
import { findModel, findModels, findVersion, findVersionsById, lockModel } from './models.repo.ts';

/** Versions by id, with their models; ids of other projects are left out. */
export function listVersionsById(tx: Tx, scope: ProjectScope, ids: string[]): Promise<VersionWithModel[]> {
  return findVersionsById(tx, scope, [...new Set(ids)]);
}

/** @throws NOT_FOUND */
export async function requireModel(tx: Tx, scope: ProjectScope, name: string): Promise<ModelRow> {
  const model = await findModel(tx, scope, name);
  if (!model) throw notFound(`model ${name}`);
  return model;
}

/** A model whose row stays held until the transaction ends: stages, requests and rollouts go one after another. */
export async function holdModel(tx: Tx, scope: ProjectScope, name: string): Promise<ModelRow> {
  await lockModel(tx, scope, name);
  return requireModel(tx, scope, name);
}

/** A version to do something with. @throws NOT_FOUND; CONFLICT when it was deleted, with who did it and why */
export async function requireVersion(tx: Tx, scope: ProjectScope, model: string, number: number): Promise<VersionWithModel> {
  const version = await requireAnyVersion(tx, scope, model, number);
  if (!version.deletedAt) return version;
  throw new DomainError(
    'CONFLICT',
    `${model} v${number} was deleted by ${version.deletedByName}, and its graph with it: ${version.deletedReason}`,
    { reason: 'DELETED' },
  );
}

/** A version to look at, deleted or not. @throws NOT_FOUND */
export async function requireAnyVersion(tx: Tx, scope: ProjectScope, model: string, number: number): Promise<VersionWithModel> {
  const version = await findVersion(tx, scope, model, number);
  if (!version) throw notFound(`version ${number} of model ${model}`);
  return version;
}

/** @throws NOT_FOUND */
export async function requireVersionById(tx: Tx, scope: ProjectScope, id: string): Promise<VersionWithModel> {
  const [version] = await findVersionsById(tx, scope, [id]);
  if (!version) throw new DomainError('NOT_FOUND', 'There is no such model version here, or you have no access to it.');
  return version;
}

/** Models of the project with their versions, for slices that offer a choice of them. */
export function listModelsWithVersions(scope: ProjectScope) {
  return findModels(db, scope);
}
