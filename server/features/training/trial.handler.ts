import { systemScope } from '#server/auth/actor.ts';
import type { JobHandler } from '#server/platform/queue/queue.ts';
import type { TrainTrial } from './training.jobs.ts';
import { trainTrial } from './trial.service.ts';

/** Trains one run. */
export const handler: JobHandler<TrainTrial> = async (payload, context) => {
  await trainTrial(systemScope({ id: payload.projectId, name: payload.projectName }), payload.runId, context);
};
