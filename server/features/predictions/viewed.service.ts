import type { ProjectScope } from '#server/auth/actor.ts';
import { recordRead } from '#server/features/audit/reads.service.ts';
import type { SearchPredictionsInput } from './predictions.schema.ts';
import { getPrediction, getRequest, searchPredictions } from './search.service.ts';

/** What a person or a program looks at, as against what Stagecraft reads for its own work: it is noted in the record. */

export async function viewPredictions(scope: ProjectScope, input: SearchPredictionsInput) {
  const found = await searchPredictions(scope, input);
  if (found.predictions.length > 0) {
    const name = input.deployment ?? 'all deployments';
    await recordRead(scope, { what: 'predictions', target: { type: 'deployment', id: name, name } });
  }
  return found;
}

export async function viewPrediction(scope: ProjectScope, id: string) {
  const found = await getPrediction(scope, id);
  await recordRead(scope, { what: 'prediction', target: { type: 'prediction', id: found.id, name: found.requestId } });
  return found;
}

export async function viewRequest(scope: ProjectScope, requestId: string) {
  const found = await getRequest(scope, requestId);
  await recordRead(scope, { what: 'prediction', target: { type: 'prediction', id: found[0]?.id ?? requestId, name: requestId } });
  return found;
}
