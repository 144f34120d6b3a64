import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { operandsOf } from '#server/domain/query/ast.ts';
import { parseExpression } from '#server/domain/query/expression.ts';
import { joinPath } from '#server/domain/query/path.ts';
import { rowSatisfies } from '#server/domain/query/rows.ts';
import { roleOf, titleOf } from '#server/domain/stages.ts';
import { DomainError, isDomainError, notFound } from '#server/errors.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { findAliases } from './aliases.repo.ts';
import { removeAlias, setAlias } from './aliases.service.ts';
import { findFigures, putTag } from './figures.repo.ts';
import type {
  deleteTagBody,
  latestInput,
  MlflowModel,
  MlflowVersion,
  searchQuery,
  setAliasBody,
  setTagBody,
  transitionBody,
  versionQuery,
} from './mlflow-registry.schema.ts';
import { fromMlflowStage, toMlflowVersion } from './mlflow-registry.view.ts';
import { findModels, findPeopleNames, findStageChanges, findVersions, type ModelRow, type VersionRow } from './models.repo.ts';
import { requestPromotion } from './promotions.service.ts';
import { requireModel, requireVersion } from './registry.service.ts';
import { searchVersions } from './search.service.ts';
import { listStages } from './stages.service.ts';
import { changeStage } from './versions.service.ts';

const BY_MLFLOW = 'By a program, through MLflow’s API.';

/** One model with the newest version of each stage. @throws NOT_FOUND */
export async function getMlflowModel(scope: ProjectScope, name: string): Promise<MlflowModel> {
  const model = await requireModel(db, scope, name);
  return toModel(scope, model, await findVersions(db, scope, model.id));
}

/** Models whose name satisfies a filter such as `name ILIKE '%spam%'`. @throws INVALID */
export async function searchMlflowModels(scope: ProjectScope, input: z.infer<typeof searchQuery>) {
  const parsed = input.filter?.trim() ? parseExpression(input.filter) : null;
  if (parsed && !parsed.ok) throw unreadable(parsed.errors);
  const foreign = parsed && operandsOf(parsed.ast).find((one) => one.kind === 'path' && joinPath(one.parts) !== 'name');
  if (foreign) throw unreadable([{ ...foreign.at, message: 'Models are searched by name only.' }]);
  const all = await findModels(db, scope);
  const found = parsed ? all.filter((model) => rowSatisfies(parsed.ast, { name: model.name }) === true) : all;
  const from = pageStart(input.page_token);
  const page = found.slice(from, from + input.max_results);
  const end = from + page.length;
  return {
    registered_models: await Promise.all(
      page.map((model) =>
        toModel(
          scope,
          model,
          model.versions.filter((one) => !one.deletedAt),
        ),
      ),
    ),
    ...(end < found.length ? { next_page_token: String(end) } : {}),
  };
}

/** The newest version of each stage, or of those that are named. @throws NOT_FOUND, INVALID */
export async function latestMlflowVersions(scope: ProjectScope, input: z.infer<typeof latestInput>): Promise<MlflowVersion[]> {
  const model = await requireModel(db, scope, input.name);
  const latest = newestOfEach(await findVersions(db, scope, model.id));
  const wanted = await Promise.all((input.stages ?? []).map((stage) => stageOf(scope, stage)));
  return toVersions(scope, model, wanted.length > 0 ? latest.filter((version) => wanted.includes(version.stage)) : latest);
}

/** @throws NOT_FOUND */
export async function getMlflowVersion(scope: ProjectScope, input: z.infer<typeof versionQuery>): Promise<MlflowVersion> {
  const version = await requireVersion(db, scope, input.name, input.version);
  return one(await toVersions(scope, version.model, [version]));
}

/** Versions by a filter: `name = 'x' and tags.team = 'a'`, `run_id = '…'`, or anything of our own search. @throws INVALID */
export async function searchMlflowVersions(scope: ProjectScope, input: z.infer<typeof searchQuery>) {
  const limit = Math.min(input.max_results, 200);
  const found = await searchVersions(scope, { query: input.filter ?? '', limit, cursor: input.page_token });
  if (found.errors.length > 0) throw unreadable(found.errors);
  const versions = await Promise.all(found.rows.map((row) => getMlflowVersion(scope, { name: row.model, version: row.number })));
  return { model_versions: versions, ...(found.next ? { next_page_token: found.next } : {}) };
}

/** The version that an alias points at. @throws NOT_FOUND */
export async function versionByAlias(scope: ProjectScope, o: { name: string; alias: string }): Promise<MlflowVersion> {
  const model = await requireModel(db, scope, o.name);
  const found = (await findAliases(db, scope, { modelId: model.id })).find((row) => row.name === o.alias);
  if (!found) throw notFound(`alias ${o.alias} of model ${o.name}`);
  return getMlflowVersion(scope, { name: o.name, version: found.modelVersion.number });
}

/** @throws FORBIDDEN for a protected alias, which a program doesn't move */
export function setMlflowAlias(scope: ProjectScope, input: z.infer<typeof setAliasBody>): Promise<void> {
  return setAlias(scope, { model: input.name, name: input.alias, number: input.version, reason: BY_MLFLOW });
}

/** @throws NOT_FOUND, FORBIDDEN as `setMlflowAlias` */
export function deleteMlflowAlias(scope: ProjectScope, o: { name: string; alias: string }): Promise<void> {
  return removeAlias(scope, { model: o.name, name: o.alias, reason: BY_MLFLOW });
}

/**
 * Moves a version down at once, by the rules for people. Up it goes by a request: that is opened, and named in the
 * error, because the version is not there when this returns.
 * @throws FORBIDDEN naming the request; INVALID, NOT_FOUND, CONFLICT
 */
export async function transitionStage(scope: ProjectScope, input: z.infer<typeof transitionBody>): Promise<MlflowVersion> {
  const stages = await listStages(scope);
  const target = await stageOf(scope, input.stage);
  const version = await requireVersion(db, scope, input.name, input.version);
  const role = roleOf(stages, target);
  if (version.stage === target) return getMlflowVersion(scope, input);
  if (role === 'start' || role === 'end') {
    if (!scope.scopes.has('model:write'))
      throw new DomainError('FORBIDDEN', 'Moving a version down needs the right model:write.');
    await changeStage(scope, { model: input.name, number: input.version, stage: target, reason: BY_MLFLOW });
    return getMlflowVersion(scope, input);
  }
  const id = await openRequest(scope, input, target);
  throw new DomainError(
    'FORBIDDEN',
    `${input.name} v${input.version} goes to ${titleOf(stages, target)} by a request, which passes its gates and approvals. ` +
      `Request ${id} is open: /${scope.projectName}/models/requests/${id}. The version moves when it is through; ask for it again then.`,
    { requestId: id },
  );
}

/** @throws NOT_FOUND */
export function setMlflowTag(scope: ProjectScope, input: z.infer<typeof setTagBody>): Promise<void> {
  return changeTag(scope, { ...input, value: input.value });
}

/** @throws NOT_FOUND */
export function deleteMlflowTag(scope: ProjectScope, input: z.infer<typeof deleteTagBody>): Promise<void> {
  return changeTag(scope, { ...input, value: null });
}

async function changeTag(
  scope: ProjectScope,
  o: { name: string; version: number; key: string; value: string | null },
): Promise<void> {
  await transaction(async (tx) => {
    const version = await requireVersion(tx, scope, o.name, o.version);
    await putTag(tx, scope, { versionId: version.id, key: o.key, value: o.value });
    await publish(tx, { projectId: scope.projectId, type: 'model.version', id: version.id });
  });
}

/** The open request of this version for this stage, or a new one. */
async function openRequest(scope: ProjectScope, input: z.infer<typeof transitionBody>, target: string): Promise<string> {
  try {
    return (await requestPromotion(scope, { model: input.name, number: input.version, target, reason: BY_MLFLOW })).id;
  } catch (error) {
    const open = isDomainError(error) && error.code === 'CONFLICT' ? error.details?.requestId : undefined;
    if (typeof open === 'string') return open;
    throw error;
  }
}

async function stageOf(scope: ProjectScope, given: string): Promise<string> {
  const stages = await listStages(scope);
  const found = fromMlflowStage(stages, given);
  if (found) return found;
  const names = stages.map((stage) => stage.title).join(', ');
  throw new DomainError('INVALID', `There is no stage ${given} here. The stages are None, ${names}.`);
}

async function toModel(scope: ProjectScope, model: ModelRow, versions: VersionRow[]): Promise<MlflowModel> {
  const latest = await toVersions(scope, model, newestOfEach(versions));
  const aliases = await findAliases(db, scope, { modelId: model.id });
  return {
    name: model.name,
    creation_timestamp: model.createdAt.getTime(),
    last_updated_timestamp: Math.max(model.createdAt.getTime(), ...latest.map((version) => version.last_updated_timestamp)),
    description: model.description,
    latest_versions: latest,
    tags: [],
    aliases: aliases.map((alias) => ({ alias: alias.name, version: String(alias.modelVersion.number) })),
  };
}

async function toVersions(scope: ProjectScope, model: ModelRow, versions: VersionRow[]): Promise<MlflowVersion[]> {
  const ids = versions.map((version) => version.id);
  const people = versions.flatMap((version) => (version.createdById ? [version.createdById] : []));
  const [stages, names, aliases, tags, changes] = await Promise.all([
    listStages(scope),
    findPeopleNames(db, [...new Set(people)]),
    findAliases(db, scope, { versionIds: ids }),
    findFigures(db, scope, { versionIds: ids, kind: 'tag' }),
    findStageChanges(db, scope, ids),
  ]);
  return versions.map((version) =>
    toMlflowVersion(version, {
      model: model.name,
      stages,
      user: names.get(version.createdById ?? '') ?? '',
      aliases: aliases.filter((alias) => alias.modelVersionId === version.id).map((alias) => alias.name),
      tags: tags.filter((tag) => tag.modelVersionId === version.id).map(({ path, text }) => ({ key: path, value: text ?? '' })),
      changedAt: changes.findLast((change) => change.modelVersionId === version.id)?.at,
    }),
  );
}

function newestOfEach(versions: readonly VersionRow[]): VersionRow[] {
  const newest = new Map<string, VersionRow>();
  for (const version of versions)
    if ((newest.get(version.stage)?.number ?? 0) < version.number) newest.set(version.stage, version);
  return [...newest.values()];
}

function one<T>(items: readonly T[]): T {
  const [item] = items;
  if (!item) throw notFound('model version');
  return item;
}

function pageStart(token: string | undefined): number {
  if (token === undefined || token === '') return 0;
  if (/^\d{1,7}$/.test(token)) return Number(token);
  throw new DomainError('INVALID', 'This page_token is none of ours. Search again from the start.');
}

function unreadable(errors: readonly { from: number; message: string }[]): DomainError {
  const [error] = errors;
  return new DomainError('INVALID', `filter, at character ${(error?.from ?? 0) + 1}: ${error?.message}`);
}
