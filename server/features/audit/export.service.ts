import { Readable } from 'node:stream';
import type { ProjectScope } from '#server/auth/actor.ts';
import { csvCell } from '#server/domain/record/csv.ts';
import { db } from '#server/platform/db/client.ts';
import type { AuditEntry, AuditFilter } from './audit.schema.ts';
import { toAuditEntry } from './audit.view.ts';
import { findEntries } from './entries.repo.ts';
import { recordRead } from './reads.service.ts';

const AT_ONCE = 1_000;
const HEADS = ['seq', 'at', 'actor', 'actor_kind', 'action', 'target_type', 'target', 'target_id', 'reason', 'details'];

/**
 * The entries of a project that fit, as a stream of CSV or JSON Lines, the newest first. That they were taken out is
 * recorded before the first of them leaves.
 */
export async function exportAudit(
  scope: ProjectScope,
  filter: AuditFilter,
  format: 'csv' | 'jsonl',
): Promise<{ stream: Readable; filename: string; mediaType: string }> {
  // Read first: a search that can't be read is an answer of its own, not a broken file.
  const first = await findEntries(db, scope, filter, { take: AT_ONCE });
  await recordRead(scope, {
    what: 'export',
    target: { type: 'project', id: scope.projectId, name: `audit log of ${scope.projectName}` },
    details: { format, filter },
  });
  return {
    stream: Readable.from(lines(scope, filter, format, first)),
    filename: `${scope.projectName}-audit.${format}`,
    mediaType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
  };
}

async function* lines(
  scope: ProjectScope,
  filter: AuditFilter,
  format: 'csv' | 'jsonl',
  first: Awaited<ReturnType<typeof findEntries>>,
) {
  if (format === 'csv') yield `${HEADS.join(',')}\r\n`;
  for (let page = first; page.length > 0; ) {
    yield page.map((row) => (format === 'csv' ? toCsv : toJson)(toAuditEntry(row))).join('');
    const last = page.at(-1);
    if (page.length < AT_ONCE || !last) return;
    page = await findEntries(db, scope, filter, { cursor: { at: last.at, id: last.id }, take: AT_ONCE });
  }
}

function toCsv(entry: AuditEntry): string {
  const { seq, at, actor, action, target, reason, details } = entry;
  const cells = [
    seq,
    at.toISOString(),
    actor.name,
    actor.kind,
    action,
    target.type,
    target.name,
    target.id,
    reason,
    JSON.stringify(details),
  ];
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function toJson({ id, seq, at, actor, action, target, reason, details }: AuditEntry): string {
  return `${JSON.stringify({ id, seq, at, actor, action, target, reason, details })}\n`;
}
