import type { ProjectScope } from '#server/auth/actor.ts';
import { listDeployments } from '#server/features/deployments/deployments.service.ts';
import { countActiveRuns } from '#server/features/experiments/runs.service.ts';
import { listLabelings } from '#server/features/labeling/labeling.service.ts';
import { listRequests } from '#server/features/models/promotion-reads.service.ts';
import { listOpenAlerts } from '#server/features/monitoring/monitors.service.ts';
import type { Need, Needs } from './home.schema.ts';

/** What waits for this person, oldest first, and the counts beside the navigation. Whoever has no act is told what waits. */
export async function listNeeds(scope: ProjectScope): Promise<Needs> {
  const [requests, alerts, labelings, deployments, running] = await Promise.all([
    listRequests(scope, {}),
    listOpenAlerts(scope),
    listLabelings(scope),
    listDeployments(scope),
    countActiveRuns(scope),
  ]);
  const onlooker = scope.role === 'manager';
  const decisions = requests.waiting
    .filter((request) => request.mayDecide || onlooker)
    .map(
      (request): Need => ({
        key: `decision:${request.id}`,
        kind: 'decision',
        title: `${request.mayDecide ? 'Decide' : 'Waits for a reviewer'}: ${request.model} v${request.number} to ${request.targetStage}`,
        note: `${request.emergency ? 'Emergency · ' : ''}Asked by ${request.requestedByName}${request.approvals.needed > 1 ? ` · ${request.approvals.given} of ${request.approvals.needed} approved` : ''}${request.gatesPassed === null ? '' : request.gatesPassed ? ' · every gate passed' : ' · a gate failed'}`,
        path: `models/requests/${request.id}`,
        act: request.mayDecide ? 'Review' : null,
        since: request.requestedAt,
      }),
    );
  const reviews = requests.reviews
    .filter((request) => request.review?.mayReview || onlooker)
    .map(
      (request): Need => ({
        key: `review:${request.id}`,
        kind: 'review',
        title: `${request.review?.mayReview ? 'Review' : 'Waits for its review'}: the emergency of ${request.model} v${request.number}`,
        note: `${request.decidedByName ?? 'Somebody'} let it through alone · due ${request.review?.dueAt.toISOString().slice(0, 10)}`,
        path: `models/requests/${request.id}`,
        act: request.review?.mayReview ? 'Review' : null,
        since: request.decidedAt,
      }),
    );
  const answers = requests.under
    .filter((request) => request.status === 'changes' && request.own)
    .map(
      (request): Need => ({
        key: `answer:${request.id}`,
        kind: 'decision',
        title: `Answer: changes are wished for ${request.model} v${request.number} to ${request.targetStage}`,
        note: 'It waits for your answer before it is decided.',
        path: `models/requests/${request.id}`,
        act: 'Answer',
        since: request.requestedAt,
      }),
    );
  const drift = scope.scopes.has('monitor:write') || onlooker ? alertNeeds(alerts, onlooker) : [];
  const labels = labelings
    .filter(
      (labeling) =>
        labeling.status === 'active' && labeling.counts.open > 0 && scope.scopes.has('label:write') && scope.role !== 'reviewer',
    )
    .map(
      (labeling): Need => ({
        key: `labels:${labeling.id}`,
        kind: 'labels',
        title: `${labeling.counts.open} to label in ${labeling.name}`,
        note: `${labeling.counts.done} of ${labeling.counts.total} are done · ${labeling.question}`,
        path: `labeling/${labeling.name}/work`,
        act: 'Label',
        since: labeling.createdAt,
      }),
    );
  const paused = deployments
    .filter((deployment) => deployment.rollout?.status === 'paused' && scope.scopes.has('deployment:write'))
    .map(
      (deployment): Need => ({
        key: `rollout:${deployment.rollout?.id}`,
        kind: 'rollout',
        title: `${deployment.name}: the rollout of v${deployment.rollout?.candidate.number} is paused`,
        note: 'It moves again when a person says so.',
        path: `deployments/${deployment.name}`,
        act: 'Open',
        since: deployment.rollout?.startedAt ?? null,
      }),
    );
  const needs = [...decisions, ...answers, ...reviews, ...drift, ...paused, ...labels].sort(
    (a, b) => (a.since?.getTime() ?? 0) - (b.since?.getTime() ?? 0),
  );
  return {
    needs,
    counts: {
      labeling: labelings.reduce((sum, labeling) => sum + (labeling.status === 'active' ? labeling.counts.open : 0), 0),
      models: requests.waiting.length + requests.reviews.length,
      deployments: deployments.length,
      alerts: alerts.length,
      live: { experiments: running > 0, deployments: deployments.some((deployment) => deployment.rollout?.status === 'running') },
    },
  };
}

/** One need a monitor: its gravest alert that nobody has taken on, and how many more there are. */
function alertNeeds(alerts: Awaited<ReturnType<typeof listOpenAlerts>>, onlooker: boolean): Need[] {
  const unseen = alerts.filter((alert) => alert.acknowledgedAt === null);
  return [...new Set(unseen.map((alert) => alert.monitor))].flatMap((monitor) => {
    const its = unseen.filter((alert) => alert.monitor === monitor);
    const worst = its.find((alert) => alert.severity === 'drift') ?? its[0];
    if (!worst) return [];
    return {
      key: `alert:${worst.id}`,
      kind: 'alert' as const,
      title: `${worst.severity === 'drift' ? 'Drift' : 'Possible drift'}: ${monitor}`,
      note: its.length === 1 ? worst.sentence : `${worst.sentence} And ${its.length - 1} more.`,
      path: `monitoring/${monitor}`,
      act: onlooker ? null : 'Open',
      since: its.reduce((first, { openedAt }) => (openedAt < first ? openedAt : first), worst.openedAt),
    };
  });
}
