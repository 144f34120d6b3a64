import type { ProjectScope } from '#server/auth/actor.ts';
import { requestSuiteRun } from '#server/features/evaluations/suite-runs.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { updateRequest } from './promotions.repo.ts';
import { currentVersionIn } from './stages.service.ts';

type Measured = {
  request: { id: string; modelVersionId: string };
  modelId: string;
  stage: string;
  reason: string;
  /** Judged on this part in place of the suite's own. */
  gold?: { datasetVersionId: string; split: string };
};

/**
 * Has the suite run for a request, against what is in the stage now. When the run ends, however it ends, the evidence is
 * prepared further: see `suiteRunEnded`.
 */
export async function measure(tx: Tx, scope: ProjectScope, o: Measured): Promise<void> {
  const { id: requestId, modelVersionId } = o.request;
  const before = await currentVersionIn(tx, scope, { modelId: o.modelId, stage: o.stage, exceptId: modelVersionId });
  const run = await requestSuiteRun(tx, scope, {
    modelVersionId,
    incumbentId: before?.id ?? null,
    reason: o.reason,
    requestId,
    ...(o.gold ? { gold: o.gold } : {}),
  });
  await updateRequest(tx, scope, { id: requestId, from: ['preparing'], change: { suiteRunId: run.id } });
}
