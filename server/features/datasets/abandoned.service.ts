import { abandoned } from '#server/features/projects/abandoned.service.ts';
import { db } from '#server/platform/db/client.ts';
import { ABANDONED, ABANDONED_MS } from '#server/platform/queue/queue.ts';
import { failVersion } from './build.service.ts';
import { buildVersionJob } from './datasets.jobs.ts';
import { findUnbuiltVersions, findVersion } from './versions.repo.ts';

/** Ends builds whose job is gone, because it killed its worker more often than it is tried again. */
export async function endAbandonedBuilds(now: Date): Promise<void> {
  const versions = await findUnbuiltVersions(db, new Date(now.getTime() - ABANDONED_MS));
  for (const { scope, row } of await abandoned(buildVersionJob, 'versionId', versions)) {
    const record = await findVersion(db, scope, row.id);
    if (record) await failVersion(scope, record, ABANDONED);
  }
}
