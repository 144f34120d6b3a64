import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { currentStates } from '#server/domain/drift/finding.ts';
import { binNames } from '#server/domain/drift/histogram.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { listDeployments } from '#server/features/deployments/deployments.service.ts';
import { listModelsWithVersions, requireVersionById } from '#server/features/models/registry.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { enqueue } from '#server/platform/queue/queue.ts';
import { acknowledgeAlert, findAlert, findAlerts, findOpenAlerts } from './alerts.repo.ts';
import { computeMonitorJob } from './monitoring.jobs.ts';
import { findMonitor, findMonitors, findWindows, insertMonitor, updateMonitorSettings } from './monitors.repo.ts';
import type {
  acknowledgeInput,
  createMonitorInput,
  distributionInput,
  distributionOutput,
  getMonitorInput,
  getMonitorOutput,
  listMonitorsOutput,
  updateSettingsInput,
} from './monitors.schema.ts';
import { DEFAULT_SETTINGS, monitorReference } from './monitors.schema.ts';
import { referenceShares, toAlert, toCurrent, toMonitorHead, toWindow } from './monitors.view.ts';

/** Every monitor with what it found last. */
export async function listMonitors(scope: ProjectScope): Promise<z.infer<typeof listMonitorsOutput>> {
  const [rows, deployments] = await Promise.all([findMonitors(db, scope), deploymentsById(scope)]);
  return Promise.all(
    rows.map(async (row) => {
      const windows = (await findWindows(db, scope, row.id)).map(toWindow);
      const reference = row.reference ? monitorReference.parse(row.reference) : null;
      const states = subjectStates(windows, reference?.subjects ?? []).map((subject) => subject.state);
      return {
        ...toMonitorHead(row, deploymentOf(deployments, row.deploymentId)),
        current: toCurrent(windows, reference, states),
        openAlerts: row._count.alerts,
        rows: windows.reduce((sum, window) => sum + window.rows, 0),
      };
    }),
  );
}

/** One monitor with its windows, subjects and alerts. @throws NOT_FOUND */
export async function getMonitor(
  scope: ProjectScope,
  input: z.infer<typeof getMonitorInput>,
): Promise<z.infer<typeof getMonitorOutput>> {
  const row = await requireMonitor(scope, input.monitor);
  const [stored, alerts, deployments, models] = await Promise.all([
    findWindows(db, scope, row.id, { from: input.from, to: input.to }),
    findAlerts(db, scope, row.id),
    deploymentsById(scope),
    listModelsWithVersions(scope),
  ]);
  const windows = stored.map(toWindow);
  const reference = row.reference ? monitorReference.parse(row.reference) : null;
  const subjects = subjectStates(windows, reference?.subjects ?? []);
  const head = toMonitorHead(row, deploymentOf(deployments, row.deploymentId));
  return {
    ...head,
    reference: reference && withoutSubjects(reference),
    subjects,
    windows,
    referenceShares: reference ? referenceShares(reference) : {},
    positive: models.find((model) => model.name === head.model)?.positive ?? null,
    alerts: alerts.map(toAlert),
    current: toCurrent(
      windows,
      reference,
      subjects.map((subject) => subject.state),
    ),
    problem: reference ? null : await problemOf(scope, deploymentOf(deployments, row.deploymentId).primaryVersionId),
  };
}

/** How one subject is distributed in production between two moments, beside the reference. @throws NOT_FOUND */
export async function getDistribution(
  scope: ProjectScope,
  input: z.infer<typeof distributionInput>,
): Promise<z.infer<typeof distributionOutput>> {
  const row = await requireMonitor(scope, input.monitor);
  const reference = row.reference ? monitorReference.parse(row.reference) : null;
  const subject = reference?.subjects.find((one) => one.key === input.subject);
  if (!subject) throw notFound(`watched subject ${input.subject}`);
  const windows = (await findWindows(db, scope, row.id, { from: input.from, to: input.to })).map(toWindow);
  const now = subject.counts.map((_, i) =>
    windows.reduce((sum, window) => sum + (window.results.subjects[subject.key]?.counts[i] ?? 0), 0),
  );
  const total = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);
  const [rows, referenceRows] = [total(now), total(subject.counts)];
  const bins = binNames(subject.bins).map((label, i) => ({
    label,
    reference: referenceRows > 0 ? (subject.counts[i] ?? 0) / referenceRows : 0,
    now: rows > 0 ? (now[i] ?? 0) / rows : 0,
  }));
  return {
    title: subject.title,
    unit: subject.unit,
    rows,
    referenceRows,
    bins: bins.filter((bin) => bin.reference > 0 || bin.now > 0),
  };
}

/** Begins to watch a deployment. @throws NOT_FOUND, CONFLICT when it is watched already */
export async function createMonitor(
  scope: ProjectScope,
  input: z.infer<typeof createMonitorInput>,
): Promise<{ id: string; name: string }> {
  const deployment = (await listDeployments(scope)).find((one) => one.name === input.deployment);
  if (!deployment) throw notFound(`deployment ${input.deployment}`);
  return transaction(async (tx) => {
    if (await findMonitor(tx, scope, { deploymentId: deployment.id })) {
      throw new DomainError('CONFLICT', `${deployment.name} is watched already. Open its monitor to change what it looks at.`);
    }
    const monitor = await insertMonitor(tx, scope, {
      deploymentId: deployment.id,
      name: deployment.name,
      settings: input.settings ?? DEFAULT_SETTINGS,
    });
    await recordAudit(tx, scope, { action: 'monitor.created', target: { type: 'monitor', id: monitor.id, name: monitor.name } });
    await publish(tx, { projectId: scope.projectId, type: 'monitor.computed', id: monitor.id });
    await enqueue(tx, computeMonitorJob, { projectId: scope.projectId, projectName: scope.projectName, monitorId: monitor.id });
    return { id: monitor.id, name: monitor.name };
  });
}

/** Changes windows and limits; every window is computed again. @throws NOT_FOUND, CONFLICT when somebody else changed them */
export async function updateSettings(
  scope: ProjectScope,
  input: z.infer<typeof updateSettingsInput>,
): Promise<{ version: number }> {
  const monitor = await requireMonitor(scope, input.monitor);
  return transaction(async (tx) => {
    const written = await updateMonitorSettings(tx, scope, { id: monitor.id, version: input.version, settings: input.settings });
    if (!written)
      throw new DomainError(
        'CONFLICT',
        'Somebody else changed these settings since you opened them. Look at them again, then save.',
      );
    await recordAudit(tx, scope, {
      action: 'monitor.settings.changed',
      target: { type: 'monitor', id: monitor.id, name: monitor.name },
      details: { from: monitor.settings, to: input.settings },
    });
    await enqueue(tx, computeMonitorJob, { projectId: scope.projectId, projectName: scope.projectName, monitorId: monitor.id });
    return { version: input.version + 1 };
  });
}

/** Takes an alert on oneself. @throws NOT_FOUND, CONFLICT when somebody did before */
export async function acknowledge(
  scope: ProjectScope,
  input: z.infer<typeof acknowledgeInput>,
  now: Date,
): Promise<{ id: string }> {
  return transaction(async (tx) => {
    const alert = await findAlert(tx, scope, input.alertId);
    if (!alert) throw notFound('alert');
    const done = await acknowledgeAlert(tx, scope, { id: alert.id, by: scope.actor.name, note: input.note, at: now });
    if (!done) {
      const why = alert.resolvedAt ? 'It is over already.' : `${alert.acknowledgedBy} did so already.`;
      throw new DomainError('CONFLICT', `This alert can't be acknowledged again. ${why}`);
    }
    await recordAudit(tx, scope, {
      action: 'alert.acknowledged',
      target: { type: 'alert', id: alert.id, name: alert.subject },
      ...(input.note && { reason: input.note }),
    });
    await publish(tx, { projectId: scope.projectId, type: 'alert.acknowledged', id: alert.id });
    return { id: alert.id };
  });
}

/** Alerts that nobody has closed yet, for the pages that say what needs somebody. */
export async function listOpenAlerts(scope: ProjectScope) {
  return (await findOpenAlerts(db, scope)).map((row) => ({ ...toAlert(row), monitor: row.monitor.name }));
}

/** @throws NOT_FOUND */
export async function requireMonitor(scope: ProjectScope, name: string) {
  const monitor = await findMonitor(db, scope, { name });
  if (!monitor) throw notFound(`monitor ${name}`);
  return monitor;
}

function subjectStates(windows: ReturnType<typeof toWindow>[], subjects: { key: string; title: string; unit: string }[]) {
  const states = currentStates(windows);
  return subjects.map(({ key, title, unit }) => {
    const last = windows.findLast((window) => (window.results.subjects[key]?.state ?? 'unknown') !== 'unknown')?.results.subjects[
      key
    ];
    return {
      key,
      title,
      unit,
      state: states.get(key)?.state ?? ('unknown' as const),
      psi: last?.psi ?? null,
      jensenShannon: last?.jensenShannon ?? null,
      byChance: last?.byChance ?? null,
    };
  });
}

type WatchedDeployment = { id: string; name: string; model: string; primaryVersionId: string | null };

async function deploymentsById(scope: ProjectScope): Promise<Map<string, WatchedDeployment>> {
  const deployments = await listDeployments(scope);
  return new Map(
    deployments.map(({ id, name, model, primary }) => [id, { id, name, model, primaryVersionId: primary?.id ?? null }]),
  );
}

function deploymentOf(deployments: Map<string, WatchedDeployment>, id: string): WatchedDeployment {
  return deployments.get(id) ?? { id, name: 'archived deployment', model: '', primaryVersionId: null };
}

async function problemOf(scope: ProjectScope, primaryVersionId: string | null): Promise<string> {
  if (!primaryVersionId) return 'No version serves here yet, so there is nothing to compare with.';
  const version = await requireVersionById(db, scope, primaryVersionId);
  return version.datasetVersionId
    ? 'The reference is being computed.'
    : `${version.model.name} v${version.number} names no dataset version that it learned from, so there is nothing to compare production with.`;
}

function withoutSubjects<T extends { subjects: unknown }>({ subjects: _subjects, ...rest }: T): Omit<T, 'subjects'> {
  return rest;
}
