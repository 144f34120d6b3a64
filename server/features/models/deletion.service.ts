import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { isServing } from '#server/domain/stages.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { mayDeleteVersion } from './deletion.policy.ts';
import { findAnsweringDeployments, findHanging, markDeleted } from './deletion.repo.ts';
import type { DeletionPreview, deleteVersionInput } from './deletion.schema.ts';
import { findStageChanges, type VersionWithModel } from './models.repo.ts';
import type { versionRefInput } from './models.schema.ts';
import { holdModel, requireAnyVersion } from './registry.service.ts';
import { listStages } from './stages.service.ts';

/** What would go with a version and what would stay, and whether it may be deleted at all. @throws NOT_FOUND */
export async function previewDeletion(scope: ProjectScope, ref: z.infer<typeof versionRefInput>): Promise<DeletionPreview> {
  return preview(db, scope, await requireAnyVersion(db, scope, ref.model, ref.number));
}

/**
 * Deletes a version: its graph is freed unless something else holds it. Its number, its stages, its requests and the
 * requests that it answered stay in the record, with who deleted it and why.
 * @throws NOT_FOUND, CONFLICT with the reason why not
 */
export async function deleteVersion(
  scope: ProjectScope,
  input: z.infer<typeof deleteVersionInput>,
  now: Date = new Date(),
): Promise<{ freedBytes: number }> {
  return transaction(async (tx) => {
    await holdModel(tx, scope, input.model);
    const version = await requireAnyVersion(tx, scope, input.model, input.number);
    const { may, goes, stays } = await preview(tx, scope, version);
    const name = `${version.model.name} v${version.number}`;
    if (!may.ok) throw new DomainError('CONFLICT', `${name} can't be deleted. ${may.why}`);
    if (!(await markDeleted(tx, scope, { id: version.id, reason: input.reason, at: now }))) {
      throw new DomainError('CONFLICT', `${name} was deleted by somebody else just now.`);
    }
    await recordAudit(tx, scope, {
      action: 'model.version.deleted',
      target: { type: 'model_version', id: version.id, name },
      reason: input.reason,
      details: { graph: version.graphKey, freedBytes: goes.bytes, evaluations: goes.evaluations, predictions: stays.predictions },
    });
    await publish(tx, { projectId: scope.projectId, type: 'model.version', id: version.id });
    return { freedBytes: goes.bytes };
  });
}

async function preview(tx: Tx, scope: ProjectScope, version: VersionWithModel): Promise<DeletionPreview> {
  const [stages, hanging, deployments, changes] = [
    await listStages(scope, tx),
    await findHanging(tx, scope, version),
    await findAnsweringDeployments(tx, scope, version.id),
    await findStageChanges(tx, scope, [version.id]),
  ];
  const everServed = hanging.predictions > 0 || changes.some((change) => isServing(stages, change.to));
  return {
    may: mayDeleteVersion({
      stages,
      version,
      hangs: { deployments, openRequests: hanging.openRequests, everServed },
      isProjectAdmin: scope.scopes.has('member:manage'),
    }),
    goes: {
      bytes: hanging.holders.length === 0 ? Number(version.sizeBytes) : 0,
      graphAlsoHeldBy: hanging.holders,
      evaluations: hanging.evaluations,
    },
    stays: {
      requests: hanging.requests,
      stageChanges: hanging.stageChanges,
      predictions: hanging.predictions,
      rollouts: hanging.rollouts,
      run: hanging.run,
    },
  };
}
