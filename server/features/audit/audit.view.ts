import type { AuditEntry } from '#server/features/audit/audit.schema.ts';
import type { EntryRow } from './entry-rows.schema.ts';

/** An entry as people see it. */
export function toAuditEntry(row: EntryRow): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    actor: { kind: kindOf(row.actorKind), id: row.actorId, name: row.actorName },
    action: row.action,
    target: { type: row.targetType, id: row.targetId, name: row.targetName },
    reason: row.reason,
    details: isRecord(row.details) ? row.details : {},
    seq: row.seq === null ? null : Number(row.seq),
  };
}

function kindOf(kind: string): AuditEntry['actor']['kind'] {
  return kind === 'user' || kind === 'token' ? kind : 'system';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
