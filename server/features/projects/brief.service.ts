import type { ProjectScope } from '#server/auth/actor.ts';
import { EMPTY_BRIEF, type ProjectBrief, projectBriefSchema } from '#server/domain/brief.schema.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { findBrief, findBriefs, insertBrief } from '#server/features/projects/brief.repo.ts';
import type { KeptBrief, SaveBriefInput } from '#server/features/projects/brief.schema.ts';
import { changedParts } from '#server/features/projects/brief.view.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { isUniqueViolation } from '#server/platform/db/errors.ts';
import { publish } from '#server/platform/events/events.ts';

/** What the project is for, as it stands; null when nobody has written it. */
export async function getBrief(scope: ProjectScope): Promise<ProjectBrief | null> {
  const row = await findBrief(db, scope);
  return row ? projectBriefSchema.parse(row.content) : null;
}

/** The brief with its number, to read or to edit. */
export async function readBrief(scope: ProjectScope): Promise<KeptBrief> {
  const row = await findBrief(db, scope);
  if (!row) return { number: 0, brief: EMPTY_BRIEF, byName: null, at: null };
  return { number: row.number, brief: projectBriefSchema.parse(row.content), byName: row.byName, at: row.at };
}

/** A revision of the past. @throws DomainError NOT_FOUND */
export async function readBriefRevision(scope: ProjectScope, number: number): Promise<KeptBrief> {
  const row = await findBrief(db, scope, number);
  if (!row) throw notFound(`revision ${number} of the brief`);
  return { number: row.number, brief: projectBriefSchema.parse(row.content), byName: row.byName, at: row.at };
}

/** Who changed what when, newest first. */
export async function listBriefRevisions(scope: ProjectScope) {
  const rows = await findBriefs(db, scope);
  const contents = rows.map((row) => projectBriefSchema.parse(row.content));
  return {
    revisions: rows.map(({ number, byName, at, reason }, i) => ({
      number,
      byName,
      at,
      reason,
      changed: changedParts(contents[i + 1] ?? EMPTY_BRIEF, contents[i] ?? EMPTY_BRIEF),
    })),
  };
}

/**
 * Keeps a new revision; the ones before stay for ever.
 * @throws DomainError CONFLICT when somebody saved since `number`
 */
export async function saveBrief(scope: ProjectScope, input: SaveBriefInput): Promise<{ number: number }> {
  try {
    return await transaction(async (tx) => {
      const before = await findBrief(tx, scope);
      if ((before?.number ?? 0) !== input.number) throw stale(before?.byName);
      const old = before ? projectBriefSchema.parse(before.content) : EMPTY_BRIEF;
      const changed = changedParts(old, input.brief);
      if (changed.length === 0) return { number: input.number };
      const number = input.number + 1;
      await insertBrief(tx, scope, { number, content: input.brief, reason: input.reason ?? null });
      await recordAudit(tx, scope, {
        action: 'project.brief-changed',
        target: { type: 'project', id: scope.projectId, name: scope.projectName },
        reason: input.reason,
        details: { revision: number, changed },
      });
      await publish(tx, { projectId: scope.projectId, type: 'project.brief', id: scope.projectId });
      return { number };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw stale();
    throw error;
  }
}

function stale(who?: string): DomainError {
  return new DomainError(
    'CONFLICT',
    `${who ?? 'Somebody else'} saved the brief since you opened it. Copy what you wrote, load it anew, and put it in again.`,
  );
}
