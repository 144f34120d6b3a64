import { systemScope } from '#server/auth/actor.ts';
import { messageOf } from '#server/errors.ts';
import type { JobHandler } from '#server/platform/queue/queue.ts';
import { failPreparation, prepareRequest } from './preparation.service.ts';
import type { PrepareEvidence } from './promotions.jobs.ts';

/** Prepares the evidence of a promotion request. Running twice gives the same evidence. */
export const handler: JobHandler<PrepareEvidence> = async (
  { projectId, projectName, requestId },
  { signal, log, lastAttempt },
) => {
  const scope = systemScope({ id: projectId, name: projectName });
  try {
    await prepareRequest(scope, requestId, signal);
  } catch (error) {
    if (!lastAttempt || signal.aborted) throw error;
    log.error({ err: error, requestId }, 'the evidence could not be prepared');
    await failPreparation(scope, requestId, `The evidence could not be prepared: ${messageOf(error)}`);
  }
};
