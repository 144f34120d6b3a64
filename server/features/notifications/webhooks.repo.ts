import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

/** Webhooks of a project that want events of this kind. */
export async function findSubscribed(tx: Tx, projectId: string, kind: string): Promise<{ id: string }[]> {
  return tx.webhook.findMany({
    where: { projectId, enabled: true, kinds: { has: kind } },
    orderBy: { name: 'asc' },
    select: { id: true },
  });
}

export async function findProjectName(tx: Tx, projectId: string): Promise<string> {
  const project = await tx.project.findUniqueOrThrow({ where: { id: projectId }, select: { name: true } });
  return project.name;
}

export async function insertDelivery(
  tx: Tx,
  row: { projectId: string; webhookId: string; kind: string; body: string; nextAttemptAt: Date; redeliveryOf?: string },
): Promise<{ id: string }> {
  return tx.webhookDelivery.create({ data: row, select: { id: true } });
}

/** All webhooks of a project with the state of their newest delivery and the name of who made them. */
export async function findWebhooks(tx: Tx, scope: ProjectScope) {
  const { projectId } = scope;
  const rows = await tx.webhook.findMany({
    where: { projectId },
    orderBy: { name: 'asc' },
    include: { deliveries: { orderBy: { createdAt: 'desc' }, take: 1, select: { status: true, createdAt: true } } },
  });
  const makers = await tx.user.findMany({
    where: { id: { in: rows.flatMap((row) => row.createdById ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(makers.map((person) => [person.id, person.name]));
  return rows.map((row) => ({ ...row, createdBy: names.get(row.createdById ?? '') ?? null }));
}

export async function findWebhook(tx: Tx, projectId: string, id: string) {
  return tx.webhook.findFirst({ where: { id, projectId } });
}

type NewWebhook = { name: string; url: string; kinds: string[]; secretSealed: string; createdById: string | null };

export async function insertWebhook(tx: Tx, scope: ProjectScope, row: NewWebhook): Promise<{ id: string }> {
  return tx.webhook.create({ data: { ...row, projectId: scope.projectId }, select: { id: true } });
}

type Changes = {
  name?: string;
  url?: string;
  kinds?: string[];
  enabled?: boolean;
  secretSealed?: string;
  disabledReason?: string | null;
  failingSince?: Date | null;
};

/** False when it was changed since `version` was read. */
export async function updateWebhook(
  tx: Tx,
  projectId: string,
  o: { id: string; version?: number; changes: Changes },
): Promise<boolean> {
  const { count } = await tx.webhook.updateMany({
    where: { id: o.id, projectId, ...(o.version === undefined ? {} : { version: o.version }) },
    data: { ...o.changes, ...(o.version === undefined ? {} : { version: { increment: 1 } }) },
  });
  return count === 1;
}

export async function deleteWebhook(tx: Tx, scope: ProjectScope, id: string): Promise<void> {
  await tx.webhook.deleteMany({ where: { id, projectId: scope.projectId } });
}
