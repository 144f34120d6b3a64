import type { JobContext } from '#server/platform/queue/queue.ts';
import { sweepBuildFolders, sweepUploads } from './uploads.service.ts';

/** Removes what a week of nobody's interest and crashed builds have left. */
export async function handler(_payload: Record<string, never>, ctx: JobContext): Promise<void> {
  const uploads = await sweepUploads(new Date());
  const folders = await sweepBuildFolders(new Date());
  if (uploads + folders > 0) ctx.log.info({ uploads, folders }, 'swept uploads');
}
