import type { ChainedFields, ChainRow } from '#server/domain/record/canonical.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { pool } from '#server/platform/db/pool.ts';

/** The chain runs through the whole installation, so nothing here is bound to a project. */

const PAGE = 10_000;

/** Gives at most so many waiting entries their places. @returns how many got one */
export async function sealEntries(tx: Tx, most: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ n: number }[]>`select audit_seal(${most}::int) as n`;
  return row?.n ?? 0;
}

export async function findChainEnd(tx: Tx): Promise<{ seq: number; hash: string; sealedAt: Date } | null> {
  const link = await tx.auditLink.findFirst({ orderBy: { seq: 'desc' } });
  return link ? { seq: Number(link.seq), hash: hex(link.hash), sealedAt: link.sealedAt } : null;
}

export function countUnsealed(tx: Tx): Promise<number> {
  return tx.auditPending.count();
}

type Fields = [
  seq: string,
  prev: string,
  hash: string,
  entryId: string,
  id: string | null,
  projectId: string | null,
  at: string,
  actorKind: string,
  actorId: string | null,
  actorName: string,
  action: string,
  targetType: string,
  targetId: string,
  targetName: string,
  reason: string | null,
  details: string,
];

const ENTRY = `e.id::text, e.project_id::text, round(date_part('epoch', e.at) * 1000)::bigint::text, e.actor_kind, e.actor_id::text,
  e.actor_name, e.action, e.target_type, e.target_id, e.target_name, e.reason, e.details::text`;
const LINKS = `select l.seq::text, encode(l.prev, 'hex'), encode(l.hash, 'hex'), l.entry_id::text, ${ENTRY}
  from (select * from audit_link where seq > $1 order by seq limit ${PAGE}) l left join audit_entry e on e.id = l.entry_id order by l.seq`;
/** Entries without a place that nothing will place any more, and places that wait for an entry that is gone. */
const OUTSIDE = `select '', '', '', '', ${ENTRY} from audit_entry e
  where not exists (select from audit_link l where l.entry_id = e.id) and not exists (select from audit_pending p where p.entry_id = e.id)
  order by e.at limit 1000`;
const LOST = `select p.entry_id::text from audit_pending p where not exists (select from audit_entry e where e.id = p.entry_id) limit 1000`;

/**
 * Reads the whole chain in its order, all as of one moment, a page at a time; the next page is on its way while one is
 * looked at.
 * @param visit gets each page, with the number of links in all
 */
export async function readChain(
  visit: (rows: ChainRow[], total: number) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<{ outside: ChainedFields[]; lost: string[] }> {
  const client = await pool.connect();
  let failed = true;
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    // A page looks its entries up by their keys; the planner would rather read the whole table for each page.
    await client.query('set local enable_hashjoin = off; set local enable_mergejoin = off; set local jit = off');
    const total = Number((await client.query<{ n: string }>('select count(*) as n from audit_link')).rows[0]?.n ?? 0);
    const page = (after: string) => client.query<Fields>({ text: LINKS, values: [after], rowMode: 'array' });
    for (let next = page('-9223372036854775808'); ; ) {
      signal?.throwIfAborted();
      const { rows } = await next;
      const last = rows.at(-1);
      if (!last) break;
      next = page(last[0]);
      // Whoever breaks off leaves this one behind; its failure is nobody's.
      next.catch(() => undefined);
      await visit(rows.map(toRow), total);
    }
    await client.query('set local enable_hashjoin = on');
    const outside = await client.query<Fields>({ text: OUTSIDE, rowMode: 'array' });
    const lost = await client.query<[string]>({ text: LOST, rowMode: 'array' });
    await client.query('commit');
    failed = false;
    return { outside: outside.rows.map(toFields), lost: lost.rows.map(([id]) => id) };
  } finally {
    client.release(failed);
  }
}

function toRow(row: Fields): ChainRow {
  return { seq: Number(row[0]), prev: row[1], hash: row[2], entryId: row[3], entry: row[4] === null ? null : toFields(row) };
}

function toFields(row: Fields): ChainedFields {
  return {
    id: row[4] ?? '',
    projectId: row[5],
    at: row[6],
    actorKind: row[7],
    actorId: row[8],
    actorName: row[9],
    action: row[10],
    targetType: row[11],
    targetId: row[12],
    targetName: row[13],
    reason: row[14],
    details: row[15],
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** Which project each of these entries is of. */
export async function findEntryProjects(tx: Tx, ids: string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.auditEntry.findMany({ where: { id: { in: ids } }, select: { id: true, projectId: true } });
  return new Map(rows.map((row) => [row.id, row.projectId]));
}

/** Whether the role of this process can append to the record and do nothing else with it. */
export async function mayOnlyAppend(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ ok: boolean }[]>`
    select not (select rolsuper from pg_roles where rolname = current_user)
       and not has_table_privilege('audit_entry', 'update') and not has_table_privilege('audit_entry', 'delete')
       and not has_table_privilege('audit_entry', 'truncate')
       and not pg_has_role((select relowner from pg_class where oid = 'audit_entry'::regclass), 'member') as ok`;
  return row?.ok ?? false;
}
