import type { Prisma } from '#prisma/generated/client/client.ts';
import type { Actor, ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

export type ReadRow = {
  projectId: string;
  actor: Pick<Actor, 'id' | 'name'> & { kind: string };
  what: string;
  target: { type: string; id: string; name: string };
  details: Record<string, unknown>;
  count: number;
  firstAt: Date;
  lastAt: Date;
};

/** Counts a read: with the others of the same person, thing and ten minutes, or as the first of them. */
export async function countRead(
  tx: Tx,
  { projectId, actor }: ProjectScope,
  read: { what: string; target: ReadRow['target']; details: Prisma.InputJsonObject },
): Promise<void> {
  const { what, target } = read;
  await tx.$executeRaw`
    insert into audit_read (project_id, actor_kind, actor_key, actor_id, actor_name, what, target_type, target_id, target_name, details)
    values (${projectId}::uuid, ${actor.kind}, ${actor.id ?? actor.name}, ${actor.id}::uuid, ${actor.name}, ${what}, ${target.type},
            ${target.id}, ${target.name}, ${JSON.stringify(read.details)}::jsonb)
    on conflict (project_id, actor_kind, actor_key, what, target_type, target_id)
    do update set count = audit_read.count + 1, last_at = now()`;
}

/** Takes the reads whose first lies before a moment, to be written into the record in the same transaction. */
export async function takeReadsBefore(tx: Tx, before: Date, most: number): Promise<ReadRow[]> {
  const rows = await tx.$queryRaw<
    {
      project_id: string;
      actor_kind: string;
      actor_id: string | null;
      actor_name: string;
      what: string;
      target_type: string;
      target_id: string;
      target_name: string;
      details: Record<string, unknown>;
      count: number;
      first_at: Date;
      last_at: Date;
    }[]
  >`delete from audit_read where ctid in (
      select ctid from audit_read where first_at < ${before} order by first_at limit ${most} for update skip locked
    ) returning project_id, actor_kind, actor_id, actor_name, what, target_type, target_id, target_name, details, count, first_at, last_at`;
  return rows.map((row) => ({
    projectId: row.project_id,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    what: row.what,
    target: { type: row.target_type, id: row.target_id, name: row.target_name },
    details: row.details,
    count: row.count,
    firstAt: row.first_at,
    lastAt: row.last_at,
  }));
}
