import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import type { VersionWithModel } from './models.repo.ts';
import { findCurrentIn, findVersionsById, insertStageChange, updateStage } from './models.repo.ts';
import type { Stage } from './models.schema.ts';

type Move = { versionId: string; to: Stage; reason: string; requestId?: string | null };

/**
 * Moves a version to a stage, with its history and an audit entry. A version that becomes production takes the place
 * of the one that was there, which is archived: it can be brought back from the deployment, or asked for again.
 * A version that is there already stays as it is.
 * @throws CONFLICT when somebody else moved the version meanwhile.
 */
export async function setStage(tx: Tx, scope: ProjectScope, move: Move): Promise<void> {
  const [version] = await findVersionsById(tx, scope, [move.versionId]);
  if (!version) throw new DomainError('NOT_FOUND', 'This version is not in this project.');
  if (version.stage === move.to) return;
  if (move.to === 'production') {
    const before = await findCurrentIn(tx, scope, { modelId: version.modelId, stage: 'production', exceptId: version.id });
    if (before) {
      await moveOne(tx, scope, before, { ...move, to: 'archived', reason: `v${version.number} took its place. ${move.reason}` });
    }
  }
  await moveOne(tx, scope, version, move);
}

/** The version of a model that is in a stage now (the one that came last), or null. */
export function currentVersionIn(
  tx: Tx,
  scope: ProjectScope,
  o: { modelId: string; stage: Stage; exceptId?: string },
): Promise<VersionWithModel | null> {
  return findCurrentIn(tx, scope, o);
}

async function moveOne(tx: Tx, scope: ProjectScope, version: VersionWithModel, move: Omit<Move, 'versionId'>): Promise<void> {
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
  });
  await recordAudit(tx, scope, {
    action: 'model.version.stage-changed',
    target: { type: 'model_version', id: version.id, name: `${version.model.name} v${version.number}` },
    reason: move.reason,
    details: { from, to: move.to, requestId: move.requestId ?? null },
  });
  await publish(tx, { projectId: scope.projectId, type: 'model.version', id: version.id });
}
