import type { z } from 'zod';
import { systemScope } from '#server/auth/actor.ts';
import { db } from '#server/platform/db/client.ts';
import type { JobContext } from '#server/platform/queue/queue.ts';
import { buildVersion } from './build.service.ts';
import type { buildVersionJob } from './datasets.jobs.ts';
import { findProject } from './versions.repo.ts';

/** Builds one version. A version that isn't building any more is left as it is. */
export async function handler(payload: z.infer<typeof buildVersionJob.payload>, ctx: JobContext): Promise<void> {
  const project = await findProject(db, payload.projectId);
  if (!project) return;
  await buildVersion(systemScope(project), payload.versionId, ctx);
}
