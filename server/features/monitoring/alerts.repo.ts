import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

export function findAlerts(tx: Tx, scope: ProjectScope, monitorId: string, limit = 50) {
  return tx.alert.findMany({
    where: { projectId: scope.projectId, monitorId },
    orderBy: [{ resolvedAt: { sort: 'desc', nulls: 'first' } }, { openedAt: 'desc' }],
    take: limit,
  });
}

export function findOpenAlerts(tx: Tx, scope: ProjectScope, monitorId?: string) {
  return tx.alert.findMany({
    where: { projectId: scope.projectId, resolvedAt: null, ...(monitorId && { monitorId }) },
    orderBy: { openedAt: 'desc' },
    include: { monitor: { select: { name: true } } },
  });
}

export type AlertData = {
  subject: string;
  severity: 'possible' | 'drift';
  sentence: string;
  figures: Record<string, number | null>;
  since: Date;
};

export function insertAlert(tx: Tx, scope: ProjectScope, monitorId: string, alert: AlertData) {
  return tx.alert.create({ data: { projectId: scope.projectId, monitorId, ...alert } });
}

export async function updateAlert(
  tx: Tx,
  scope: ProjectScope,
  id: string,
  alert: Pick<AlertData, 'severity' | 'sentence' | 'figures'>,
): Promise<void> {
  await tx.alert.updateMany({ where: { projectId: scope.projectId, id }, data: alert });
}

export async function resolveAlert(tx: Tx, scope: ProjectScope, id: string, at: Date): Promise<void> {
  await tx.alert.updateMany({ where: { projectId: scope.projectId, id, resolvedAt: null }, data: { resolvedAt: at } });
}

/** Marks an alert as taken by a person; false when somebody already did or it is over. */
export async function acknowledgeAlert(
  tx: Tx,
  scope: ProjectScope,
  o: { id: string; by: string; note: string; at: Date },
): Promise<boolean> {
  const { count } = await tx.alert.updateMany({
    where: { projectId: scope.projectId, id: o.id, acknowledgedAt: null, resolvedAt: null },
    data: { acknowledgedBy: o.by, acknowledgedAt: o.at, note: o.note || null },
  });
  return count > 0;
}

export function findAlert(tx: Tx, scope: ProjectScope, id: string) {
  return tx.alert.findFirst({ where: { projectId: scope.projectId, id } });
}
