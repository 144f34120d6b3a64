import { compileWhere, type SqlField } from '#server/domain/query/sql.ts';
import { AUDIT_KEYS, parseAuditQuery } from '#server/domain/record/search.ts';
import { DomainError } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { AuditPlace } from './audit.repo.ts';
import type { AuditFilter } from './audit.schema.ts';
import type { EntryRow } from './entry-rows.schema.ts';

const TEXT = `concat_ws(' ', e.actor_name, e.action, e.target_type, e.target_name, e.target_id, e.reason, e.details::text)`;

const FIELDS: Record<string, SqlField> = {
  actor: { kind: 'text', sql: 'e.actor_name' },
  actor_kind: { kind: 'text', sql: 'e.actor_kind', values: ['user', 'token', 'system'] },
  action: { kind: 'text', sql: 'e.action' },
  target: { kind: 'text', sql: 'e.target_name' },
  target_type: { kind: 'text', sql: 'e.target_type' },
  target_id: { kind: 'text', sql: 'e.target_id' },
  reason: { kind: 'text', sql: `coalesce(e.reason, '')` },
  at: { kind: 'time', sql: 'e.at' },
  text: { kind: 'text', sql: TEXT },
  seq: { kind: 'number', sql: 'l.seq' },
};

/**
 * Entries that fit, the newest first, at most so many.
 * @throws DomainError INVALID when the query can't be read, with the places of its errors
 */
export function findEntries(
  tx: Tx,
  place: AuditPlace,
  filter: AuditFilter,
  page: { cursor?: { at: Date; id: string } | null | undefined; take: number },
): Promise<EntryRow[]> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [place.projectId === null ? 'e.project_id is null' : `e.project_id = ${bind(place.projectId)}::uuid`];
  if (filter.actor) where.push(`e.actor_name = ${bind(filter.actor)}`);
  if (filter.action) {
    where.push(
      filter.action.endsWith('.') ? `starts_with(e.action, ${bind(filter.action)})` : `e.action = ${bind(filter.action)}`,
    );
  }
  if (filter.targetType) where.push(`e.target_type = ${bind(filter.targetType)}`);
  if (filter.target) {
    where.push(`(strpos(lower(e.target_name), lower(${bind(filter.target)})) > 0 or e.target_id = ${bind(filter.target)})`);
  }
  if (filter.from) where.push(`e.at >= ${bind(filter.from)}::timestamptz`);
  if (filter.to) where.push(`e.at < ${bind(filter.to)}::timestamptz`);
  if (page.cursor) where.push(`(e.at, e.id) < (${bind(page.cursor.at)}::timestamptz, ${bind(page.cursor.id)}::uuid)`);
  if (filter.query?.trim()) where.push(compiled(filter.query, values));
  return tx.$queryRawUnsafe<EntryRow[]>(
    `select e.id, e.at, e.actor_kind as "actorKind", e.actor_id as "actorId", e.actor_name as "actorName", e.action,
            e.target_type as "targetType", e.target_id as "targetId", e.target_name as "targetName", e.reason, e.details, l.seq
       from audit_entry e left join audit_link l on l.entry_id = e.id
      where ${where.join(' and ')} order by e.at desc, e.id desc limit ${bind(page.take)}::int`,
    ...values,
  );
}

function compiled(query: string, values: unknown[]): string {
  const parsed = parseAuditQuery(query);
  if (!parsed.ok) throw unreadable(parsed.errors);
  const where = compileWhere(parsed.ast, fieldOf, { known: AUDIT_KEYS.map((key) => key.text), first: values.length + 1 });
  if (!where.ok) throw unreadable(where.errors);
  values.push(...where.values);
  return `(${where.sql})`;
}

/** `details.from` is a field of the entry's details. A key of details is looked up by its name, so it is quoted here. */
function fieldOf(parts: readonly string[]): SqlField | null {
  const [first, ...rest] = parts;
  if (first === 'details' && rest.length > 0 && rest.every((part) => /^[\w-]{1,60}$/.test(part)))
    return {
      kind: 'any',
      sql: `(e.details #>> '{${rest.join(',')}}')`,
      number: `(case when jsonb_typeof(e.details #> '{${rest.join(',')}}') = 'number' then (e.details #>> '{${rest.join(',')}}')::double precision end)`,
    };
  return parts.length === 1 && first !== undefined && Object.hasOwn(FIELDS, first) ? (FIELDS[first] ?? null) : null;
}

function unreadable(errors: readonly { from: number; to: number; message: string }[]): DomainError {
  return new DomainError('INVALID', errors[0]?.message ?? 'This search can’t be read.', { errors });
}
