import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { db, type Tx, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { mayMoveAlias } from './aliases.policy.ts';
import { deleteAlias, findAlias, findAliasChanges, findAliases, insertAliasChange, upsertAlias } from './aliases.repo.ts';
import type { AliasHistory, aliasesOfInput, listAliasesOutput, removeAliasInput, setAliasInput } from './aliases.schema.ts';
import type { ModelRow, VersionWithModel } from './models.repo.ts';
import { holdModel, requireModel, requireVersion } from './registry.service.ts';

type AliasRow = Awaited<ReturnType<typeof findAliases>>[number];

/** The aliases of a model, and which of them this person moves. @throws NOT_FOUND */
export async function listAliases(
  scope: ProjectScope,
  input: z.infer<typeof aliasesOfInput>,
): Promise<z.infer<typeof listAliasesOutput>> {
  const model = await requireModel(db, scope, input.model);
  const rows = await findAliases(db, scope, { modelId: model.id });
  return {
    aliases: rows.map((row) => ({
      name: row.name,
      number: row.modelVersion.number,
      protected: row.protected,
      by: row.setByName,
      at: row.setAt,
      version: row.version,
    })),
    may: {
      free: mayMoveAlias(scope, { name: 'It', protected: false }),
      protected: mayMoveAlias(scope, { name: 'A protected alias', protected: true }),
    },
  };
}

/** The names that point at versions, by the version's id. */
export async function aliasNames(tx: Tx, scope: ProjectScope, versionIds: string[]): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  for (const { modelVersionId, name } of await findAliases(tx, scope, { versionIds }))
    names.set(modelVersionId, [...(names.get(modelVersionId) ?? []), name]);
  return names;
}

/**
 * Points an alias at a version, or protects it, or frees it.
 * @throws NOT_FOUND, FORBIDDEN (a protected one), INVALID (no reason), CONFLICT (moved meanwhile, or the version is deleted)
 */
export async function setAlias(scope: ProjectScope, input: z.infer<typeof setAliasInput>): Promise<void> {
  await transaction(async (tx) => {
    const model = await holdModel(tx, scope, input.model);
    const version = await requireVersion(tx, scope, input.model, input.number);
    const before = await findAlias(tx, scope, { modelId: model.id, name: input.name });
    const guarded = input.protected ?? before?.protected ?? false;
    assertMay(scope, { name: input.name, protected: guarded || (before?.protected ?? false) }, input.reason);
    assertSeen(before, input);
    await point(tx, scope, {
      model,
      version,
      name: input.name,
      before,
      protected: guarded,
      reason: input.reason,
      requestId: null,
    });
  });
}

/**
 * Points an alias at the version of an approved request, in the transaction of its promotion; protected ones too. The
 * model's row is held by the caller.
 */
export async function moveAliasByRequest(
  tx: Tx,
  scope: ProjectScope,
  o: { version: VersionWithModel; name: string; requestId: string; reason: string },
): Promise<void> {
  const { model } = o.version;
  const before = await findAlias(tx, scope, { modelId: model.id, name: o.name });
  await point(tx, scope, { ...o, model, before, protected: before?.protected ?? false });
}

/** Takes an alias away. @throws NOT_FOUND, FORBIDDEN, CONFLICT as `setAlias` */
export async function removeAlias(scope: ProjectScope, input: z.infer<typeof removeAliasInput>): Promise<void> {
  await transaction(async (tx) => {
    const model = await holdModel(tx, scope, input.model);
    const before = await findAlias(tx, scope, { modelId: model.id, name: input.name });
    if (!before) throw notFound(`alias ${input.name} of model ${input.model}`);
    assertMay(scope, before, input.reason);
    assertSeen(before, input);
    await deleteAlias(tx, scope, before.id);
    const change = {
      modelId: model.id,
      name: input.name,
      from: before.modelVersion.number,
      to: null,
      protected: before.protected,
    };
    await record(tx, scope, model, { ...change, reason: input.reason, requestId: null });
  });
}

/** What the aliases of a model pointed at from when on, newest first. @throws NOT_FOUND */
export async function aliasHistory(scope: ProjectScope, input: z.infer<typeof aliasesOfInput>): Promise<AliasHistory> {
  const model = await requireModel(db, scope, input.model);
  const rows = await findAliasChanges(db, scope, model.id);
  return rows.map(({ id, name, from, to, protected: guarded, reason, actorName, requestId, at }) => ({
    id,
    name,
    from,
    to,
    protected: guarded,
    reason,
    by: actorName,
    requestId,
    at,
  }));
}

async function point(
  tx: Tx,
  scope: ProjectScope,
  o: {
    model: ModelRow;
    version: VersionWithModel;
    name: string;
    before: AliasRow | null;
    protected: boolean;
    reason: string;
    requestId: string | null;
  },
): Promise<void> {
  const { model, version, before, name, reason, requestId } = o;
  if (before && before.modelVersionId === version.id && before.protected === o.protected) return;
  await upsertAlias(tx, scope, { modelId: model.id, name, modelVersionId: version.id, protected: o.protected });
  const change = {
    modelId: model.id,
    name,
    from: before?.modelVersion.number ?? null,
    to: version.number,
    protected: o.protected,
  };
  await record(tx, scope, model, { ...change, reason, requestId });
}

async function record(
  tx: Tx,
  scope: ProjectScope,
  model: ModelRow,
  change: Parameters<typeof insertAliasChange>[2],
): Promise<void> {
  await insertAliasChange(tx, scope, change);
  const { name, from, to, protected: guarded, reason, requestId } = change;
  await recordAudit(tx, scope, {
    action: to === null ? 'alias.removed' : 'alias.set',
    target: { type: 'model', id: model.id, name: `${model.name} @${name}` },
    reason,
    details: { from, to, protected: guarded, requestId },
  });
  await publish(tx, { projectId: scope.projectId, type: 'model.version', id: model.id });
}

function assertMay(scope: ProjectScope, alias: { name: string; protected: boolean }, reason: string): void {
  const may = mayMoveAlias(scope, alias);
  if (!may.ok) throw new DomainError('FORBIDDEN', may.why);
  if (alias.protected && reason.trim().length < 3)
    throw new DomainError('INVALID', `${alias.name} is protected. Give a reason; it is kept for ever.`);
}

function assertSeen(before: AliasRow | null, input: { name: string; expectedVersion?: number | undefined }): void {
  if (input.expectedVersion === undefined || input.expectedVersion === (before?.version ?? 0)) return;
  const now = before ? `it points at v${before.modelVersion.number} now, by ${before.setByName}` : 'it is gone';
  throw new DomainError('CONFLICT', `${input.name} was moved since you opened it: ${now}. Look again.`);
}
