import type { ProjectScope } from '#server/auth/actor.ts';
import { planAlerts } from '#server/domain/drift/alert-plan.ts';
import { ACCURACY, currentStates, sentenceOf } from '#server/domain/drift/finding.ts';
import { windowFigures } from '#server/domain/drift/window-figures.ts';
import { windowEnd, windowStart } from '#server/domain/drift/windows.ts';
import { signatureSchema } from '#server/domain/signature.ts';
import { notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { getDeploymentById } from '#server/features/deployments/deployments.service.ts';
import { requireVersionById } from '#server/features/models/registry.service.ts';
import { notify } from '#server/features/notifications/notifications.service.ts';
import { readWindow, touchedDays } from '#server/features/predictions/windows.service.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { findOpenAlerts, insertAlert, resolveAlert, updateAlert } from './alerts.repo.ts';
import { findMonitor, findWindows, setComputedAt, setReference, upsertWindow } from './monitors.repo.ts';
import type { MonitorReference, MonitorSettings } from './monitors.schema.ts';
import { monitorReference, monitorSettings } from './monitors.schema.ts';
import { toFindingReference, toWindow } from './monitors.view.ts';
import { buildReference } from './reference.service.ts';

/** Rows reach the database up to this long after they arrived at a gateway; so far back is looked again. */
const SHIPPING_MS = 60_000;

/**
 * Brings one monitor up to date: makes its reference anew when another version serves, computes the windows of event time in
 * which something arrived, and opens and closes alerts. May run twice or be cut off: each window is written whole, and
 * `computedAt` moves last.
 * @throws NOT_FOUND
 */
export async function computeMonitor(scope: ProjectScope, monitorId: string, now: Date, signal?: AbortSignal): Promise<void> {
  const monitor = await findMonitor(db, scope, { id: monitorId });
  if (!monitor) throw notFound('monitor');
  const deployment = await getDeploymentById(scope, monitor.deploymentId);
  if (!deployment.primaryVersionId) return;
  const stale = monitor.referenceVersionId !== deployment.primaryVersionId;
  const reference = stale
    ? await renewReference(scope, monitorId, deployment.primaryVersionId)
    : monitorReference.parse(monitor.reference);
  if (!reference) return;
  const settings = monitorSettings.parse(monitor.settings);
  const since = stale || !monitor.computedAt ? null : new Date(monitor.computedAt.getTime() - SHIPPING_MS);
  const days = await touchedDays(scope, { deploymentId: monitor.deploymentId, since });
  const starts = [...new Set(days.map((day) => windowStart(day, settings.window).getTime()))].sort((a, b) => a - b);
  const version = await requireVersionById(db, scope, reference.modelVersionId);
  const { fields } = signatureSchema.parse(version.signature);
  for (const start of starts) {
    signal?.throwIfAborted();
    const from = new Date(start);
    await computeWindow(scope, { monitorId, deploymentId: monitor.deploymentId, from, fields, reference, settings });
  }
  await transaction(async (tx) => {
    await raiseAlerts(tx, scope, { id: monitorId, name: monitor.name }, reference, now);
    await setComputedAt(tx, scope, monitorId, now);
    if (starts.length > 0 || stale) await publish(tx, { projectId: scope.projectId, type: 'monitor.computed', id: monitorId });
  });
}

async function renewReference(scope: ProjectScope, monitorId: string, modelVersionId: string): Promise<MonitorReference | null> {
  const built = await buildReference(scope, modelVersionId);
  if ('problem' in built) return null;
  await transaction((tx) => setReference(tx, scope, monitorId, built.reference));
  return built.reference;
}

async function computeWindow(
  scope: ProjectScope,
  o: {
    monitorId: string;
    deploymentId: string;
    from: Date;
    fields: Parameters<typeof windowFigures>[0]['fields'];
    reference: MonitorReference;
    settings: MonitorSettings;
  },
): Promise<void> {
  const to = windowEnd(o.from, o.settings.window);
  const rows = await readWindow(scope, { deploymentId: o.deploymentId, from: o.from, to });
  const results = windowFigures({
    rows,
    fields: o.fields,
    classes: o.reference.classes,
    reference: o.reference,
    limits: o.settings,
  });
  const outcomes = rows.filter((row) => row.outcome !== null).length;
  await upsertWindow(db, scope, o.monitorId, { from: o.from, to, rows: rows.length, outcomes, results });
}

async function raiseAlerts(
  tx: Tx,
  scope: ProjectScope,
  monitor: { id: string; name: string },
  reference: MonitorReference,
  now: Date,
) {
  const windows = (await findWindows(tx, scope, monitor.id)).map(toWindow);
  const states = [...currentStates(windows)].map(([subject, entry]) => ({ subject, ...entry }));
  const open = await findOpenAlerts(tx, scope, monitor.id);
  const plan = planAlerts(open, states);
  const describe = (subject: string) => {
    const stateIn = ({ results }: (typeof windows)[number]) =>
      (subject === ACCURACY ? results.accuracy?.state : results.subjects[subject]?.state) ?? 'unknown';
    const window = windows.findLast((one) => stateIn(one) !== 'unknown');
    const figures = window?.results.subjects[subject];
    return {
      sentence: window ? sentenceOf(subject, window, toFindingReference(reference)) : subject,
      figures: {
        psi: figures?.psi ?? null,
        jensenShannon: figures?.jensenShannon ?? null,
        accuracy: window?.results.accuracy?.estimate ?? null,
      },
    };
  };
  for (const alert of plan.open) {
    const { id } = await insertAlert(tx, scope, monitor.id, { ...alert, ...describe(alert.subject) });
    await recordAudit(tx, scope, {
      action: 'alert.opened',
      target: { type: 'alert', id, name: `${monitor.name}: ${alert.subject}` },
      details: { sentence: describe(alert.subject).sentence, since: alert.since.toISOString() },
    });
    await notify(tx, scope, {
      kind: 'alert.raised',
      people: { scope: 'monitor:write' },
      title: `${monitor.name}: ${alert.subject} ${alert.subject === ACCURACY ? 'has fallen' : 'has drifted'}`,
      text: describe(alert.subject).sentence,
      href: `/${scope.projectName}/monitoring/${monitor.name}`,
      groupKey: `monitor:${monitor.id}`,
      data: { monitor: monitor.name, subject: alert.subject, severity: alert.severity, since: alert.since.toISOString() },
    });
    await publish(tx, { projectId: scope.projectId, type: 'alert.opened', id });
  }
  for (const alert of plan.update)
    await updateAlert(tx, scope, alert.id, { severity: alert.severity, ...describe(alert.subject) });
  for (const { id } of plan.resolve) {
    await resolveAlert(tx, scope, id, now);
    const subject = open.find((alert) => alert.id === id)?.subject ?? '';
    await notify(tx, scope, {
      kind: 'alert.resolved',
      people: { scope: 'monitor:write' },
      title: `${monitor.name}: the alert about ${subject} is over`,
      href: `/${scope.projectName}/monitoring/${monitor.name}`,
      groupKey: `monitor:${monitor.id}`,
      data: { monitor: monitor.name, subject },
    });
    await publish(tx, { projectId: scope.projectId, type: 'alert.resolved', id });
  }
}
