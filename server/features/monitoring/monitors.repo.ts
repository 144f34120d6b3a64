import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { MonitorReference, MonitorSettings, WindowResults } from './monitors.schema.ts';

export function findMonitors(tx: Tx, scope: ProjectScope) {
  return tx.monitor.findMany({
    where: { projectId: scope.projectId },
    orderBy: { name: 'asc' },
    include: { _count: { select: { alerts: { where: { resolvedAt: null } } } } },
  });
}

export function findMonitor(tx: Tx, scope: ProjectScope, where: { name: string } | { id: string } | { deploymentId: string }) {
  return tx.monitor.findFirst({ where: { projectId: scope.projectId, ...where } });
}

/** Monitors of all projects: only for the worker's round, which opens a scope for each. */
export function findAllMonitors(tx: Tx) {
  return tx.monitor.findMany({ select: { id: true, projectId: true, deploymentId: true, computedAt: true } });
}

export function insertMonitor(tx: Tx, scope: ProjectScope, o: { deploymentId: string; name: string; settings: MonitorSettings }) {
  return tx.monitor.create({ data: { projectId: scope.projectId, ...o } });
}

/** Writes settings if nobody did since `version`, and forgets the windows, which they no longer describe. */
export async function updateMonitorSettings(
  tx: Tx,
  scope: ProjectScope,
  o: { id: string; version: number; settings: MonitorSettings },
) {
  const { count } = await tx.monitor.updateMany({
    where: { projectId: scope.projectId, id: o.id, version: o.version },
    data: { settings: o.settings, version: { increment: 1 }, computedAt: null },
  });
  if (count > 0) await deleteWindows(tx, scope, o.id);
  return count > 0;
}

export async function setReference(tx: Tx, scope: ProjectScope, id: string, reference: MonitorReference): Promise<void> {
  await tx.monitor.updateMany({
    where: { projectId: scope.projectId, id },
    data: { reference, referenceVersionId: reference.modelVersionId, computedAt: null },
  });
  await deleteWindows(tx, scope, id);
}

export async function setComputedAt(tx: Tx, scope: ProjectScope, id: string, at: Date): Promise<void> {
  await tx.monitor.updateMany({ where: { projectId: scope.projectId, id }, data: { computedAt: at } });
}

function deleteWindows(tx: Tx, scope: ProjectScope, monitorId: string) {
  return tx.monitorWindow.deleteMany({ where: { projectId: scope.projectId, monitorId } });
}

export function findWindows(
  tx: Tx,
  scope: ProjectScope,
  monitorId: string,
  range: { from?: Date | undefined; to?: Date | undefined } = {},
) {
  return tx.monitorWindow.findMany({
    where: {
      projectId: scope.projectId,
      monitorId,
      from: { ...(range.from && { gte: range.from }), ...(range.to && { lt: range.to }) },
    },
    orderBy: { from: 'asc' },
  });
}

export type NewWindow = { from: Date; to: Date; rows: number; outcomes: number; results: WindowResults };

export async function upsertWindow(tx: Tx, scope: ProjectScope, monitorId: string, window: NewWindow): Promise<void> {
  const data = { ...window, computedAt: new Date() };
  await tx.monitorWindow.upsert({
    where: { monitorId_from: { monitorId, from: window.from } },
    create: { projectId: scope.projectId, monitorId, ...data },
    update: data,
  });
}
