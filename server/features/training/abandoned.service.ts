import { endRun, unendedRuns } from '#server/features/experiments/recording.service.ts';
import { abandoned } from '#server/features/projects/abandoned.service.ts';
import { ABANDONED, ABANDONED_MS } from '#server/platform/queue/queue.ts';
import { trainTrialJob } from './training.jobs.ts';

/** Ends runs whose job is gone, because it killed its worker more often than it is tried again. */
export async function endAbandonedRuns(now: Date): Promise<void> {
  const runs = await unendedRuns(new Date(now.getTime() - ABANDONED_MS));
  for (const { scope, row } of await abandoned(trainTrialJob, 'runId', runs)) {
    await endRun(scope, row.id, row.cancelRequested ? { status: 'canceled' } : { status: 'failed', error: ABANDONED });
  }
}
