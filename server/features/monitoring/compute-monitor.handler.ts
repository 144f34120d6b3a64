import { systemScope } from '#server/auth/actor.ts';
import type { JobHandler } from '#server/platform/queue/queue.ts';
import { computeMonitor } from './compute.service.ts';

export const handler: JobHandler<{ projectId: string; projectName: string; monitorId: string }> = (payload, { signal }) =>
  computeMonitor(systemScope({ id: payload.projectId, name: payload.projectName }), payload.monitorId, new Date(), signal);
