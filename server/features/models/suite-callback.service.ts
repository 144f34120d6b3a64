import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { enqueue } from '#server/platform/queue/queue.ts';
import { prepareEvidenceJob } from './promotions.jobs.ts';

/** The suite run that a request waited for has ended, well or not: its evidence is prepared further, after the caller's transaction. */
export async function suiteRunEnded(tx: Tx, scope: ProjectScope, requestId: string): Promise<void> {
  await enqueue(tx, prepareEvidenceJob, { projectId: scope.projectId, projectName: scope.projectName, requestId });
}
