import { awaitingSuite } from '#server/features/evaluations/abandoned.service.ts';
import { abandoned } from '#server/features/projects/abandoned.service.ts';
import { db } from '#server/platform/db/client.ts';
import { ABANDONED, ABANDONED_MS } from '#server/platform/queue/queue.ts';
import { findUnpreparedRequests } from './abandoned.repo.ts';
import { failPreparation } from './preparation.service.ts';
import { prepareEvidenceJob } from './promotions.jobs.ts';

/** Ends requests whose preparation is gone, because it killed its worker more often than it is tried again. */
export async function endAbandonedRequests(now: Date): Promise<void> {
  const requests = await findUnpreparedRequests(db, new Date(now.getTime() - ABANDONED_MS));
  const gone = await abandoned(prepareEvidenceJob, 'requestId', requests);
  // A request whose suite runs has no job meanwhile: the end of the run gives it one.
  const awaiting = await awaitingSuite(gone.map(({ row }) => row.id));
  for (const { scope, row } of gone) if (!awaiting.has(row.id)) await failPreparation(scope, row.id, ABANDONED);
}
