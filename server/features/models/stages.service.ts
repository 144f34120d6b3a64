import type { ProjectScope } from '#server/auth/actor.ts';
import type { Stage as ProjectStage, StageRole } from '#server/domain/stages.schema.ts';
import { firstWith, isServing, roleOf, stageBelow } from '#server/domain/stages.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { notify } from '#server/features/notifications/notifications.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import type { VersionWithModel } from './models.repo.ts';
import { findCurrentIn, findVersionsById, insertStageChange, updateStage } from './models.repo.ts';
import type { Stage } from './models.schema.ts';
import { findPromotionTarget } from './promotions.repo.ts';
import { findStages } from './stages.repo.ts';

type Move = { versionId: string; to: Stage; reason: string; requestId?: string | null };

/**
 * Moves a version to a stage, with its history and an audit entry. A version that comes to a serving stage takes the
 * place of the one that was there, which is archived: it can be brought back from the deployment, or asked for again.
 * A version that is there already stays as it is.
 * @throws CONFLICT when somebody else moved the version meanwhile.
 */
export async function setStage(tx: Tx, scope: ProjectScope, move: Move): Promise<void> {
  const [version] = await findVersionsById(tx, scope, [move.versionId]);
  if (!version) throw new DomainError('NOT_FOUND', 'This version is not in this project.');
  if (version.stage === move.to) return;
  // One moment for both: there is none in which the stage stood empty.
  const at = new Date();
  const stages = await findStages(tx, scope);
  if (!roleOf(stages, move.to)) throw new DomainError('INVALID', `This project has no stage ${move.to}.`);
  if (isServing(stages, move.to)) {
    const before = await findCurrentIn(tx, scope, { modelId: version.modelId, stage: move.to, exceptId: version.id });
    if (before) {
      await moveOne(tx, scope, before, {
        ...move,
        at,
        to: firstWith(stages, 'end').name,
        reason: `v${version.number} took its place. ${move.reason}`,
      });
    }
  }
  await moveOne(tx, scope, version, { ...move, at });
}

/** The stages of the project in their order. */
export function listStages(scope: ProjectScope, tx: Tx = db): Promise<ProjectStage[]> {
  return findStages(tx, scope);
}

/** What a stage means; null when the project has none of that name. */
export async function stageRole(scope: ProjectScope, name: string, tx: Tx = db): Promise<StageRole | null> {
  return roleOf(await findStages(tx, scope), name);
}

/**
 * The serving stage that a request asks for, or the one given, or else the project's first one; and the stage below it,
 * into which a version falls when it is rolled back.
 */
export async function servingStage(
  tx: Tx,
  scope: ProjectScope,
  o: { requestId?: string | null; stage?: string | undefined } = {},
): Promise<{ serving: string; below: string }> {
  const stages = await findStages(tx, scope);
  const asked = o.requestId ? await findPromotionTarget(tx, scope, o.requestId) : (o.stage ?? null);
  const serving = asked && isServing(stages, asked) ? asked : firstWith(stages, 'serving').name;
  return { serving, below: stageBelow(stages, serving).name };
}

/** The version of a model that answers in any serving stage (the one that came last), or null. */
export async function currentServing(tx: Tx, scope: ProjectScope, modelId: string): Promise<VersionWithModel | null> {
  const serving = (await findStages(tx, scope)).filter((stage) => stage.role === 'serving').map((stage) => stage.name);
  return findCurrentIn(tx, scope, { modelId, stage: serving });
}

/** The version of a model that is in a stage now (the one that came last), or null. */
export function currentVersionIn(
  tx: Tx,
  scope: ProjectScope,
  o: { modelId: string; stage: Stage; exceptId?: string },
): Promise<VersionWithModel | null> {
  return findCurrentIn(tx, scope, o);
}

async function moveOne(
  tx: Tx,
  scope: ProjectScope,
  version: VersionWithModel,
  move: Omit<Move, 'versionId'> & { at: Date },
): Promise<void> {
  const from = version.stage;
  if (!(await updateStage(tx, scope, { id: version.id, from, to: move.to }))) {
    throw new DomainError(
      'CONFLICT',
      `${version.model.name} v${version.number} was moved by somebody else just now. Look at it again.`,
    );
  }
  await insertStageChange(tx, scope, {
    modelVersionId: version.id,
    from,
    to: move.to,
    reason: move.reason,
    requestId: move.requestId ?? null,
    at: move.at,
  });
  await recordAudit(tx, scope, {
    action: 'model.version.stage-changed',
    target: { type: 'model_version', id: version.id, name: `${version.model.name} v${version.number}` },
    reason: move.reason,
    details: { from, to: move.to, requestId: move.requestId ?? null },
  });
  const name = version.model.name;
  await notify(tx, scope, {
    kind: 'stage.changed',
    people: { scope: 'project:read' },
    title: `${name} v${version.number} goes from ${from} to ${move.to}`,
    text: move.reason,
    href: `/${scope.projectName}/models/${name}/${version.number}`,
    data: { model: name, version: version.number, from, to: move.to, requestId: move.requestId ?? null },
  });
  await publish(tx, { projectId: scope.projectId, type: 'model.version', id: version.id });
}
