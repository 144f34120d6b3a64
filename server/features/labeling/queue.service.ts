import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { transaction } from '#server/platform/db/client.ts';
import { requirePerson } from './labeling.policy.ts';
import type { LabelingRow } from './labeling.repo.ts';
import { requireLabeling } from './labeling.service.ts';
import { countItems } from './progress.repo.ts';
import { leaseItems, lockOwnQueue, releaseLeases, renewLeases } from './queue.repo.ts';
import type { NextInput, NextOutput, renewInput, renewOutput } from './queue.schema.ts';

/**
 * The item in hand and those that follow, all leased to the caller, so that nobody else gets them while the lease
 * lasts. Items that the caller holds already come first: after a reload one goes on where one was. An empty list
 * means that nothing is left that isn't in somebody's hands. Leases aren't audited: the answers are the record.
 */
export async function nextItems(scope: ProjectScope, input: NextInput): Promise<NextOutput> {
  const userId = requirePerson(scope);
  return transaction(async (tx) => {
    const labeling = await requireLabeling(tx, scope, input.labeling);
    const progress = await progressOf(tx, scope, labeling);
    if (labeling.status !== 'active') return { items: [], progress };
    const queue = { labelingId: labeling.id, userId };
    await lockOwnQueue(tx, queue);
    const items = await leaseItems(tx, scope, {
      ...queue,
      take: input.take,
      exclude: input.exclude,
      seconds: labeling.leaseSeconds,
    });
    return { items, progress };
  });
}

/** Prolongs the leases that the caller still holds. What is missing in the answer now belongs to somebody else. */
export async function renewItems(scope: ProjectScope, input: z.output<typeof renewInput>): Promise<z.input<typeof renewOutput>> {
  const userId = requirePerson(scope);
  return transaction(async (tx) => {
    const labeling = await requireLabeling(tx, scope, input.labeling);
    if (labeling.status !== 'active') return { held: [] };
    const queue = { labelingId: labeling.id, userId, itemIds: input.itemIds, seconds: labeling.leaseSeconds };
    return { held: await renewLeases(tx, scope, queue) };
  });
}

/** Gives everything back that the caller holds in this queue. */
export async function leaveQueue(scope: ProjectScope, labelingName: string): Promise<{ released: number }> {
  const userId = requirePerson(scope);
  return transaction(async (tx) => {
    const labeling = await requireLabeling(tx, scope, labelingName);
    return { released: await releaseLeases(tx, scope, { labelingId: labeling.id, userId }) };
  });
}

async function progressOf(tx: Tx, scope: ProjectScope, labeling: LabelingRow) {
  const counts = await countItems(tx, scope, [labeling.id]);
  return counts.get(labeling.id) ?? { total: 0, done: 0, skipped: 0, open: 0 };
}
