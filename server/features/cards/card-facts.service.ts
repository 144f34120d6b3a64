import type { ProjectScope } from '#server/auth/actor.ts';
import { isDomainError } from '#server/errors.ts';
import { getVersion } from '#server/features/datasets/versions.service.ts';
import { listDeployments } from '#server/features/deployments/deployments.service.ts';
import { latestSuiteRun } from '#server/features/evaluations/suite-runs.service.ts';
import { getModel } from '#server/features/models/models.service.ts';
import { getVersionDetail } from '#server/features/models/version-detail.service.ts';
import { listMonitors } from '#server/features/monitoring/monitors.service.ts';
import { getBrief } from '#server/features/projects/brief.service.ts';
import { whatWas } from '#server/features/record/record.service.ts';
import type { CardFacts } from './card-facts.schema.ts';

/** Collects the facts of a version from the slices that own them. @throws NOT_FOUND */
export async function collectFacts(scope: ProjectScope, ref: { model: string; number: number }, now: Date): Promise<CardFacts> {
  const version = await getVersionDetail(scope, ref);
  const [model, brief, data, suite, was, deployments, monitors] = await Promise.all([
    getModel(scope, ref.model),
    getBrief(scope),
    version.dataset ? orNull(getVersion(scope, version.dataset.id)) : null,
    latestSuiteRun(scope, version.id, { status: 'done' }),
    whatWas(scope, { model: ref.model, limit: 1_000 }, now),
    listDeployments(scope),
    listMonitors(scope),
  ]);
  const serving = deployments.filter((one) => one.primary?.id === version.id || one.rollout?.candidate.id === version.id);
  const names = new Set(serving.map((one) => one.name));
  return {
    project: scope.projectName,
    description: model.description,
    version,
    brief,
    data,
    suite: suite && {
      at: suite.at,
      gold: suite.gold.map((part) => `${part.dataset} v${part.number}, ${part.split ?? 'all rows'}`).join('; '),
      sections: suite.sections,
    },
    standing: was.standings.find((one) => one.versionId === version.id) ?? null,
    deployments: serving.map((one) => ({
      name: one.name,
      arm: one.primary?.id === version.id ? 'primary' : 'canary',
      since: one.primary?.id === version.id ? one.primarySince : (one.rollout?.startedAt ?? null),
    })),
    monitors: monitors
      .filter((one) => names.has(one.deployment.name))
      .map((one) => ({
        name: one.name,
        window: one.settings.window,
        sentence: one.current.sentence,
        openAlerts: one.openAlerts,
      })),
  };
}

/** What is gone leaves a gap in the card, no card without it. */
async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (isDomainError(error) && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
