import type { Actor, ProjectScope } from '#server/auth/actor.ts';
import { insertAuditEntry } from '#server/auth/audit-entry.repo.ts';
import type { AuditPlace } from '#server/features/audit/audit.repo.ts';
import { findAuditActions, findAuditActors } from '#server/features/audit/audit.repo.ts';
import type { ListAuditInput, ListAuditOutput } from '#server/features/audit/audit.schema.ts';
import { toAuditEntry } from '#server/features/audit/audit.view.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { findEntries } from './entries.repo.ts';

export type AuditedAct = {
  /** What happened, as `noun.verb` in the past: 'dataset.version.created'. */
  action: string;
  target: { type: string; id: string; name: string };
  reason?: string | undefined;
  details?: Record<string, unknown> | undefined;
};

/**
 * Records who did what, in the transaction of what it records: the act and its record are there together or not at
 * all. Takes a project's scope, or an actor with the project (null: the installation itself).
 */
export async function recordAudit(
  tx: Tx,
  where: ProjectScope | { actor: Actor; projectId: string | null },
  act: AuditedAct,
): Promise<void> {
  await insertAuditEntry(tx, { actor: where.actor, projectId: where.projectId, ...act });
  await publish(tx, { projectId: where.projectId, type: 'audit.recorded', id: act.target.id });
}

/** One page of the record of a project or (projectId null) of the installation, newest first, and what it can be filtered by. */
export async function listAudit(place: AuditPlace, input: ListAuditInput): Promise<ListAuditOutput> {
  const rows = await findEntries(db, place, input, { cursor: input.cursor, take: input.limit + 1 });
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    entries: page.map(toAuditEntry),
    next: rows.length > input.limit && last ? { at: last.at, id: last.id } : null,
  };
}

/** Who has acted and what was done in this project: the choices of the filters. */
export async function listAuditFacets(place: AuditPlace) {
  const [actors, actions] = await Promise.all([findAuditActors(db, place), findAuditActions(db, place)]);
  return { actors, actions };
}
