import { abandoned } from '#server/features/projects/abandoned.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { ABANDONED, ABANDONED_MS } from '#server/platform/queue/queue.ts';
import { prepareLabelingJob } from './labeling.jobs.ts';
import { endPreparation, findUnpreparedLabelings } from './labeling.repo.ts';

/** Ends preparations whose job is gone, because it killed its worker more often than it is tried again. */
export async function endAbandonedPreparations(now: Date): Promise<void> {
  const labelings = await findUnpreparedLabelings(db, new Date(now.getTime() - ABANDONED_MS));
  for (const { scope, row } of await abandoned(prepareLabelingJob, 'labelingId', labelings)) {
    await transaction(async (tx) => {
      if (!(await endPreparation(tx, scope, row.id, { status: 'failed', error: ABANDONED }))) return;
      await publish(tx, { projectId: scope.projectId, type: 'label.project', id: row.id });
    });
  }
}
