import type { ProjectScope } from '#server/auth/actor.ts';
import { ACCURACY, currentStates } from '#server/domain/drift/finding.ts';
import { fillWindows, mainStretch } from '#server/domain/drift/windows.ts';
import { servedFigures } from '#server/domain/plain-words/served-figures.ts';
import { listAudit } from '#server/features/audit/audit.service.ts';
import { listDatasets } from '#server/features/datasets/datasets.service.ts';
import { listDeployments } from '#server/features/deployments/deployments.service.ts';
import { countRuns } from '#server/features/experiments/runs.service.ts';
import { listLabelings } from '#server/features/labeling/labeling.service.ts';
import { listModelsWithVersions } from '#server/features/models/registry.service.ts';
import { getMonitor, listMonitors } from '#server/features/monitoring/monitors.service.ts';
import type { Home, Served } from './home.schema.ts';
import { listNeeds } from './needs.service.ts';
import { overallSentence } from './sentence.view.ts';

const RECENT = 8;
/** Acts that change what a team works with; looking, labeling one item, and what only repeats another act aren't among them. */
const NEWS = [
  'dataset.version.ready',
  'dataset.version.failed',
  'dataset.archived',
  'labeling.created',
  'labeling.version.',
  'training.',
  'model.version.registered',
  'promotion.',
  'rollout.',
  'deployment.',
  'alert.',
  'monitor.',
];

/** The first page: what is in production and how it does, what needs the reader, what changed. */
export async function getHome(scope: ProjectScope): Promise<Home> {
  const [{ needs }, deployments, monitors, models, datasets, labelings, runs, recent] = await Promise.all([
    listNeeds(scope),
    listDeployments(scope),
    listMonitors(scope),
    listModelsWithVersions(scope),
    listDatasets(scope, { archived: false }),
    listLabelings(scope),
    countRuns(scope),
    scope.scopes.has('audit:read') ? listAudit(scope, { limit: 100 }) : { entries: [] },
  ]);
  const served = await Promise.all(
    deployments.map((deployment): Promise<Served> => {
      const monitor = monitors.find((one) => one.deployment.id === deployment.id);
      const positive = models.find((model) => model.name === deployment.model)?.positive ?? null;
      return toServed(scope, deployment, monitor?.name ?? null, positive);
    }),
  );
  return {
    ...overallSentence(served),
    needs,
    served,
    journey: {
      datasets: datasets.length,
      labelingProjects: labelings.length,
      runs,
      models: models.length,
      deployments: deployments.length,
    },
    recent: recent.entries
      .filter((entry) => NEWS.some((prefix) => entry.action.startsWith(prefix)))
      .slice(0, RECENT)
      .map((entry) => ({
        id: entry.id,
        at: entry.at,
        actor: entry.actor.name,
        action: entry.action,
        target: entry.target.name,
        reason: entry.reason,
      })),
  };
}

type Deployment = Awaited<ReturnType<typeof listDeployments>>[number];

async function toServed(
  scope: ProjectScope,
  deployment: Deployment,
  monitorName: string | null,
  positive: string | null,
): Promise<Served> {
  const monitor = monitorName ? await getMonitor(scope, { monitor: monitorName }) : null;
  const every = monitor
    ? fillWindows(mainStretch(monitor.windows, monitor.settings.window, monitor.settings.minRows), monitor.settings.window)
    : [];
  return {
    deployment: deployment.name,
    model: deployment.model,
    version: deployment.primary?.number ?? null,
    stage: deployment.primary?.stage ?? null,
    since: deployment.primarySince,
    rollout: deployment.rollout && {
      number: deployment.rollout.number,
      candidate: deployment.rollout.candidate.number,
      weight: deployment.rollout.weight,
      status: deployment.rollout.status,
    },
    monitor: monitorName,
    state: monitor?.current.state ?? 'unknown',
    sentence: monitor?.current.sentence ?? 'Nobody watches it yet.',
    explanation: monitor?.current.explanation ?? '',
    stateSince: monitor?.current.since ?? null,
    accuracyState: (monitor && currentStates(monitor.windows).get(ACCURACY)?.state) ?? 'unknown',
    figures: servedFigures(
      every.map(({ from, window }) => ({
        from,
        rows: window?.rows ?? 0,
        confusion: window?.results.confusion ?? {},
        latencyP99Ms: window?.results.latencyP99Ms ?? null,
        failed: window?.results.failed ?? 0,
      })),
      positive,
    ),
    window: monitor?.settings.window ?? null,
    requests: every.map(({ window }) => window?.rows ?? null),
    failed: every.at(-1)?.window?.results.failed ?? 0,
    share:
      monitor && positive
        ? {
            name: positive,
            training: monitor.referenceShares[positive] ?? null,
            window: monitor.settings.window,
            points: every.map(({ from, window }) => {
              const share = window?.results.answers[positive];
              return {
                from,
                value: share?.estimate ?? null,
                lower: share?.lower ?? null,
                upper: share?.upper ?? null,
                n: share?.n ?? 0,
              };
            }),
          }
        : null,
  };
}
