import { listActiveTokens, recordTokenUse } from '#server/auth/tokens.ts';
import { auditRest } from '#server/features/audit/audit.rest.ts';
import { behaviourRest } from '#server/features/behaviour/behaviour.rest.ts';
import { cardsRest } from '#server/features/cards/cards.rest.ts';
import { deploymentsRest } from '#server/features/deployments/deployments.rest.ts';
import { loadRoutingTable } from '#server/features/deployments/routing.service.ts';
import { evaluationsRest } from '#server/features/evaluations/evaluations.rest.ts';
import { explanationsRest } from '#server/features/explanations/explanations.rest.ts';
import { fairnessRest } from '#server/features/fairness/fairness.rest.ts';
import { mlflowRegistryRest } from '#server/features/models/mlflow-registry.rest.ts';
import { modelsRest } from '#server/features/models/models.rest.ts';
import { promotionsRest } from '#server/features/models/promotions.rest.ts';
import { registryRest } from '#server/features/models/registry.rest.ts';
import { predictionsRest } from '#server/features/predictions/predictions.rest.ts';
import { saveLines, saveLog, saveOutcomes } from '#server/features/predictions/predictions.service.ts';
import { briefRest } from '#server/features/projects/brief.rest.ts';
import { recordRest } from '#server/features/record/record.rest.ts';
import type { RestRoute } from '#server/gateway/plugin.ts';
import type { GatewaySources } from '#server/gateway/sources.ts';
import { objectPath } from '#server/platform/storage/objects.ts';

/** Where the gateway's knowledge comes from. The only place that binds it to slices. */
export const sources: GatewaySources = {
  loadRouting: loadRoutingTable,
  loadTokens: async () =>
    (await listActiveTokens()).map((token) => ({ ...token, expiresAt: token.expiresAt?.toISOString() ?? null })),
  touchTokens: recordTokenUse,
  findArtifact: objectPath,
  saveLines,
  saveLog,
  saveOutcomes,
};

/** What slices offer to programs, beside predictions and outcomes. */
export const rest: RestRoute[] = [
  ...auditRest,
  ...cardsRest,
  ...recordRest,
  ...predictionsRest,
  ...behaviourRest,
  ...modelsRest,
  ...registryRest,
  ...mlflowRegistryRest,
  ...promotionsRest,
  ...deploymentsRest,
  ...briefRest,
  ...evaluationsRest,
  ...explanationsRest,
  ...fairnessRest,
];
