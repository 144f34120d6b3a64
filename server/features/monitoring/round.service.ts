import { systemScope } from '#server/auth/actor.ts';
import { touchedDays } from '#server/features/predictions/windows.service.ts';
import { db } from '#server/platform/db/client.ts';
import { enqueue } from '#server/platform/queue/queue.ts';
import { computeMonitorJob } from './monitoring.jobs.ts';
import { findAllMonitors } from './monitors.repo.ts';

const OVERLAP_MS = 60_000;

/** The worker's round: asks for a computation of every monitor for which something arrived since its last one. */
export async function roundOfMonitors(): Promise<void> {
  for (const monitor of await findAllMonitors(db)) {
    const scope = systemScope({ id: monitor.projectId, name: '' });
    const since = monitor.computedAt && new Date(monitor.computedAt.getTime() - OVERLAP_MS);
    const touched = await touchedDays(scope, { deploymentId: monitor.deploymentId, since });
    if (touched.length === 0) continue;
    await enqueue(db, computeMonitorJob, { projectId: monitor.projectId, projectName: '', monitorId: monitor.id });
  }
}
