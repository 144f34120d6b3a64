import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { findStandingAnnotation, markUndone } from './answers.repo.ts';
import { assertSeesTeam, requirePerson } from './labeling.policy.ts';
import { requireLabeling } from './labeling.service.ts';
import { countByLabel, countItems, findItems, findOwnProgress, findTeam } from './progress.repo.ts';
import { lockItem, reopenItem } from './queue.repo.ts';
import type { ItemsInput, itemsOutput, ownProgressInput, ownProgressOutput, reopenItemInput, Team } from './queue.schema.ts';

/** How far the queue is, and what the caller did in all and since a moment (the beginning of the day). */
export async function ownProgress(
  scope: ProjectScope,
  input: z.output<typeof ownProgressInput>,
): Promise<z.input<typeof ownProgressOutput>> {
  const userId = requirePerson(scope);
  const labeling = await requireLabeling(db, scope, input.labeling);
  const counts = await countItems(db, scope, [labeling.id]);
  return {
    person: userId,
    progress: counts.get(labeling.id) ?? { total: 0, done: 0, skipped: 0, open: 0 },
    mine: await findOwnProgress(db, scope, { labelingId: labeling.id, userId, since: input.since }),
  };
}

/** Answers by label and by person: for those who lead, not for annotators. */
export async function teamProgress(scope: ProjectScope, labelingName: string): Promise<Team> {
  assertSeesTeam(scope);
  const labeling = await requireLabeling(db, scope, labelingName);
  const counted = new Map((await countByLabel(db, scope, labeling.id)).map((row) => [row.label, row.count]));
  return {
    byLabel: labeling.labels.map((label) => ({ label: label.name, count: counted.get(label.name) ?? 0 })),
    people: await findTeam(db, scope, labeling.id),
  };
}

/** A page of the queue, by state or label, with who answered what. */
export async function listItems(scope: ProjectScope, input: ItemsInput): Promise<z.input<typeof itemsOutput>> {
  assertSeesTeam(scope);
  const labeling = await requireLabeling(db, scope, input.labeling);
  return findItems(db, scope, labeling.id, input);
}

/** Puts an answered or skipped item back into the queue; the answer stays in the record, marked as undone. */
export async function returnItem(scope: ProjectScope, input: z.output<typeof reopenItemInput>): Promise<{ itemId: string }> {
  return transaction(async (tx) => {
    const labeling = await requireLabeling(tx, scope, input.labeling);
    if (labeling.status !== 'active') {
      throw new DomainError('CONFLICT', `${labeling.name} is closed. Open it again before you put items back into its queue.`);
    }
    const item = await lockItem(tx, scope, { labelingId: labeling.id, itemId: input.itemId });
    if (!item) throw notFound('item of this labeling project');
    if (item.status === 'open') return { itemId: item.id };
    const standing = await findStandingAnnotation(tx, scope, item.id);
    if (standing) await markUndone(tx, scope, standing.id);
    await reopenItem(tx, scope, item.id, null);
    await recordAudit(tx, scope, {
      action: 'labeling.item.returned',
      target: { type: 'labeling_project', id: labeling.id, name: labeling.name },
      details: { item: item.key, was: item.status, label: standing?.label ?? null },
    });
    await publish(tx, { projectId: scope.projectId, type: 'label.item', id: labeling.id });
    return { itemId: item.id };
  });
}
