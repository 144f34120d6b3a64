import type { ProjectScope } from '#server/auth/actor.ts';
import type { Stage } from '#server/domain/stages.schema.ts';
import { isServing } from '#server/domain/stages.ts';
import { describeVersions } from '#server/features/datasets/versions.service.ts';
import { listDeployments } from '#server/features/deployments/deployments.service.ts';
import { findEvaluations } from '#server/features/experiments/evaluation.service.ts';
import { describeRuns } from '#server/features/experiments/runs.service.ts';
import { db } from '#server/platform/db/client.ts';
import { findAliases } from './aliases.repo.ts';
import type { ModelRow, VersionRow } from './models.repo.ts';
import { findModels, findPeopleNames, findStageChanges, findVersions } from './models.repo.ts';
import type { ModelDetail, ModelSummary } from './models.schema.ts';
import type { Served, VersionFacts } from './models.view.ts';
import { toVersionSummary } from './models.view.ts';
import { findRequests, OPEN } from './promotions.repo.ts';
import { requireModel } from './registry.service.ts';
import { listStages } from './stages.service.ts';

/** All models of the project: what is in production, what is newest, who asks for what. */
export async function listModels(scope: ProjectScope): Promise<ModelSummary[]> {
  const models = await findModels(db, scope);
  const [stages, requests, deployments, changes] = await Promise.all([
    listStages(scope),
    findRequests(db, scope, { statuses: OPEN }),
    listDeployments(scope),
    findStageChanges(
      db,
      scope,
      models.flatMap((model) => model.versions.map((version) => version.id)),
    ),
  ]);
  return models.map((model) =>
    toModelSummary(model, {
      openRequests: requests.filter((request) => request.modelVersion.modelId === model.id).length,
      deployments: deployments.filter((deployment) => deployment.model === model.name).map((deployment) => deployment.name),
      changes,
      stages,
    }),
  );
}

/** One model with its versions, their figures and where they serve. @throws NOT_FOUND */
export async function getModel(scope: ProjectScope, name: string): Promise<ModelDetail> {
  const model = await requireModel(db, scope, name);
  const versions = await findVersions(db, scope, model.id);
  const [facts, stages] = await Promise.all([factsOf(scope, versions), listStages(scope)]);
  const changes = await findStageChanges(
    db,
    scope,
    versions.map((version) => version.id),
  );
  const deployments = (await listDeployments(scope)).filter((deployment) => deployment.model === name);
  const summary = toModelSummary(
    { ...model, versions },
    { openRequests: facts.requests.length, deployments: deployments.map((deployment) => deployment.name), changes, stages },
  );
  return {
    ...summary,
    version: model.version,
    versions: versions.map((version) => toVersionSummary(version, model.positive, facts)),
  };
}

/** What people, experiments, datasets, requests and deployments know of some versions. */
export async function factsOf(scope: ProjectScope, versions: VersionRow[]): Promise<VersionFacts> {
  const held = <T>(values: (T | null)[]): T[] => [...new Set(values.filter((value) => value !== null))];
  const ids = versions.map((version) => version.id);
  const [people, runs, datasets, evaluations, requests, served, aliases] = await Promise.all([
    findPeopleNames(db, held(versions.map((version) => version.createdById))),
    describeRuns(scope, held(versions.map((version) => version.runId))),
    describeVersions(scope, held(versions.map((version) => version.datasetVersionId))),
    findEvaluations(scope, held(versions.map((version) => version.graphKey))),
    findRequests(db, scope, { statuses: OPEN, versionIds: ids }),
    servedBy(scope),
    findAliases(db, scope, { versionIds: ids }),
  ]);
  return {
    people,
    runs: new Map(runs.map((run) => [run.id, run])),
    datasets: new Map(datasets.map((dataset) => [dataset.id, dataset])),
    evaluations,
    requests,
    served,
    aliases,
  };
}

async function servedBy(scope: ProjectScope): Promise<Map<string, Served[]>> {
  const served = new Map<string, Served[]>();
  const add = (id: string, one: Served) => served.set(id, [...(served.get(id) ?? []), one]);
  for (const { name, primary, rollout } of await listDeployments(scope)) {
    if (primary) add(primary.id, { name, arm: 'primary', weight: 1 - (rollout?.weight ?? 0) });
    if (rollout) add(rollout.candidate.id, { name, arm: 'canary', weight: rollout.weight });
  }
  return served;
}

function toModelSummary(
  model: ModelRow & { versions: VersionRow[] },
  o: {
    openRequests: number;
    deployments: string[];
    changes: { modelVersionId: string; to: string; at: Date }[];
    stages: Stage[];
  },
): ModelSummary {
  const latest = model.versions.reduce<VersionRow | null>((best, one) => (best && best.number > one.number ? best : one), null);
  const production = model.versions.find((version) => isServing(o.stages, version.stage));
  const entered = o.changes.findLast((change) => change.modelVersionId === production?.id && change.to === production.stage);
  return {
    id: model.id,
    name: model.name,
    description: model.description,
    positive: model.positive,
    createdAt: model.createdAt,
    versionCount: model.versions.length,
    latest: latest ? { number: latest.number, stage: latest.stage, createdAt: latest.createdAt } : null,
    production: production ? { number: production.number, since: entered?.at ?? null } : null,
    openRequests: o.openRequests,
    deployments: o.deployments,
  };
}
