import { systemScope } from '#server/auth/actor.ts';
import type { JobHandler } from '#server/platform/queue/queue.ts';
import type { RunSuite } from './evaluations.jobs.ts';
import { failSuite, runSuite } from './finish-suite.service.ts';

/** Runs a model's suite on one version. Running twice gives the same figures. */
export const handler: JobHandler<RunSuite> = async ({ projectId, projectName, runId }, { signal, log, lastAttempt }) => {
  const scope = systemScope({ id: projectId, name: projectName });
  try {
    await runSuite(scope, runId, signal);
  } catch (error) {
    if (!lastAttempt || signal.aborted) throw error;
    log.error({ err: error, runId }, 'the suite could not be run');
    await failSuite(scope, runId, error);
  }
};
