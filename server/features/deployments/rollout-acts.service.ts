import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { holdModel, listVersionsById } from '#server/features/models/registry.service.ts';
import { servingStage, setStage } from '#server/features/models/stages.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { lockDeployment } from './deployments.repo.ts';
import type { goBackInput } from './deployments.schema.ts';
import { requireDeployment, versionBefore } from './deployments.service.ts';
import { NO_REASON, waitsForReason } from './deployments.view.ts';
import { holdRollout, note, rollBackRollout, setPaused } from './rollout-moves.service.ts';
import { findLiveRollout, findRollout, updateRollout } from './rollouts.repo.ts';
import type { explainInput, rollBackInput, rolloutActInput, rolloutActOutput } from './rollouts.schema.ts';
import { changeRouting } from './routing.service.ts';

type Acted = z.infer<typeof rolloutActOutput>;
type Ref = z.infer<typeof rolloutActInput>;

/** Stops the judging; the split of requests stays. @throws CONFLICT when it isn't running */
export async function pauseRollout(scope: ProjectScope, input: Ref): Promise<Acted> {
  return transaction(async (tx) => {
    const held = await hold(tx, scope, input);
    assertStatus(held.rollout, ['running'], 'paused');
    await setPaused(tx, scope, held, true);
    return { number: input.number, status: 'paused' };
  });
}

/** Lets the judging go on. @throws CONFLICT when it isn't paused */
export async function resumeRollout(scope: ProjectScope, input: Ref): Promise<Acted> {
  return transaction(async (tx) => {
    const held = await hold(tx, scope, input);
    assertStatus(held.rollout, ['paused'], 'resumed');
    await setPaused(tx, scope, held, false);
    return { number: input.number, status: 'running' };
  });
}

/** Takes all requests from the candidate now; the reason may follow. @throws CONFLICT when it has ended */
export async function rollBackByHand(scope: ProjectScope, input: z.infer<typeof rollBackInput>): Promise<Acted> {
  return transaction(async (tx) => {
    const held = await hold(tx, scope, input);
    assertStatus(held.rollout, ['running', 'paused'], 'rolled back');
    const reason = `by ${scope.actor.name}: ${input.reason || NO_REASON}`;
    await rollBackRollout(tx, scope, held, { verdict: 'by hand', sentence: `Rolled back ${reason}.`, figures: {}, reason });
    return { number: input.number, status: 'rolled_back' };
  });
}

/** Gives the reason of a rollback by hand, once. @throws CONFLICT when it has one */
export async function explainRollBack(scope: ProjectScope, input: z.infer<typeof explainInput>): Promise<Acted> {
  return transaction(async (tx) => {
    const held = await hold(tx, scope, input);
    if (!held.rollout.endReason || !waitsForReason(held.rollout.endReason))
      throw new DomainError('CONFLICT', 'This rollout isn’t waiting for a reason.');
    const endReason = held.rollout.endReason.replace(NO_REASON, input.reason);
    await updateRollout(tx, scope, { id: held.rollout.id, expectedVersion: held.rollout.version, change: { endReason } });
    await note(tx, scope, held, 'explain', { verdict: 'by hand', sentence: input.reason, figures: {} });
    return { number: input.number, status: held.rollout.status };
  });
}

/**
 * Lets the version before the present one answer again, at once: it was approved once. It becomes production, the
 * present one goes back to staging.
 * @throws CONFLICT while a rollout is under way, INVALID when there is no version before
 */
export async function goBack(scope: ProjectScope, input: z.infer<typeof goBackInput>): Promise<{ number: number }> {
  return transaction(async (tx) => {
    const seen = await requireDeployment(tx, scope, input.deployment);
    await holdModel(tx, scope, seen.model.name);
    await lockDeployment(tx, scope, seen.id);
    const row = await requireDeployment(tx, scope, input.deployment);
    const live = await findLiveRollout(tx, scope, row.id);
    if (live) throw new DomainError('CONFLICT', `Rollout ${live.number} of ${row.name} is under way. Roll that back instead.`);
    const before = await versionBefore(tx, scope, row);
    const [version] = before ? await listVersionsById(tx, scope, [before]) : [];
    if (!row.primaryVersionId || !version)
      throw new DomainError('INVALID', `No version answered on ${row.name} before the present one.`);
    const reason = `Back on ${row.name} by ${scope.actor.name}: ${input.reason}`;
    const [primary] = await listVersionsById(tx, scope, [row.primaryVersionId]);
    const { serving, below } = await servingStage(tx, scope, { stage: primary?.stage });
    await setStage(tx, scope, { versionId: row.primaryVersionId, to: below, reason });
    await setStage(tx, scope, { versionId: version.id, to: serving, reason });
    await changeRouting(tx, scope, { id: row.id, primaryVersionId: version.id });
    await recordAudit(tx, scope, {
      action: 'deployment.went-back',
      target: { type: 'deployment', id: row.id, name: row.name },
      reason: input.reason,
      details: { from: row.primaryVersionId, to: version.id, number: version.number },
    });
    await publish(tx, { projectId: scope.projectId, type: 'deployment.changed', id: row.id });
    return { number: version.number };
  });
}

async function hold(tx: Tx, scope: ProjectScope, input: Ref) {
  const deployment = await requireDeployment(tx, scope, input.deployment);
  const rollout = await findRollout(tx, scope, { deploymentId: deployment.id, number: input.number });
  if (!rollout) throw notFound(`rollout ${input.number} of ${input.deployment}`);
  return holdRollout(tx, scope, rollout.id);
}

function assertStatus(rollout: { status: string; endReason: string | null }, allowed: string[], what: string): void {
  if (allowed.includes(rollout.status)) return;
  const reason = rollout.endReason ? ` (${rollout.endReason})` : '';
  throw new DomainError('CONFLICT', `It can’t be ${what}: it is ${rollout.status.replace('_', ' ')}${reason}.`, {
    status: rollout.status,
  });
}
