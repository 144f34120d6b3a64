import { abandoned } from '#server/features/projects/abandoned.service.ts';
import { db } from '#server/platform/db/client.ts';
import { ABANDONED, ABANDONED_MS } from '#server/platform/queue/queue.ts';
import { findAwaiting, findUnendedSuiteRuns } from './abandoned.repo.ts';
import { runSuiteJob } from './evaluations.jobs.ts';
import { failSuite } from './finish-suite.service.ts';

/** Ends runs of suites whose job is gone, because it killed its worker more often than it is tried again. */
export async function endAbandonedSuiteRuns(now: Date): Promise<void> {
  const runs = await findUnendedSuiteRuns(db, new Date(now.getTime() - ABANDONED_MS));
  for (const { scope, row } of await abandoned(runSuiteJob, 'runId', runs)) {
    await failSuite(scope, row.id, new Error(ABANDONED));
  }
}

/** Those of some promotion requests that wait for a run of a suite. */
export function awaitingSuite(requestIds: readonly string[]): Promise<Set<string>> {
  return findAwaiting(db, requestIds);
}
