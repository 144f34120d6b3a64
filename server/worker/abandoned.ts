import { endAbandonedBuilds } from '#server/features/datasets/abandoned.service.ts';
import { endAbandonedSuiteRuns } from '#server/features/evaluations/abandoned.service.ts';
import { endAbandonedPreparations } from '#server/features/labeling/abandoned.service.ts';
import { endAbandonedRequests } from '#server/features/models/abandoned.service.ts';
import { endAbandonedRuns } from '#server/features/training/abandoned.service.ts';

/** Ends what waits for a job that is gone for good: nothing may look as if it were under way for ever. */
export async function endAbandoned(now: Date): Promise<void> {
  await endAbandonedRuns(now);
  await endAbandonedBuilds(now);
  await endAbandonedPreparations(now);
  await endAbandonedSuiteRuns(now);
  await endAbandonedRequests(now);
}
