import { suiteRunEnded } from '#server/features/models/suite-callback.service.ts';
import { abandoned } from '#server/features/projects/abandoned.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { ABANDONED, ABANDONED_MS } from '#server/platform/queue/queue.ts';
import { findAwaiting, findUnendedSuiteRuns } from './abandoned.repo.ts';
import { runSuiteJob } from './evaluations.jobs.ts';
import { endRun } from './suite-runs.repo.ts';

/** Ends runs of suites whose job is gone, because it killed its worker more often than it is tried again. */
export async function endAbandonedSuiteRuns(now: Date): Promise<void> {
  const runs = await findUnendedSuiteRuns(db, new Date(now.getTime() - ABANDONED_MS));
  for (const { scope, row } of await abandoned(runSuiteJob, 'runId', runs)) {
    await transaction(async (tx) => {
      if (!(await endRun(tx, scope, row.id, { status: 'failed', error: ABANDONED, failedRow: null }))) return;
      if (row.requestId) await suiteRunEnded(tx, scope, row.requestId);
      await publish(tx, { projectId: scope.projectId, type: 'suite.run', id: row.id });
    });
  }
}

/** Those of some promotion requests that wait for a run of a suite. */
export function awaitingSuite(requestIds: readonly string[]): Promise<Set<string>> {
  return findAwaiting(db, requestIds);
}
