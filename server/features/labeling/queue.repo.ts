import { Prisma } from '#prisma/generated/client/client.ts';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';
import type { CellValue } from './queue.schema.ts';

export type LeasedItem = { id: string; position: number; key: string; data: Record<string, CellValue>; leasedUntil: Date };

type Queue = { labelingId: string; userId: string };

/**
 * Makes the calls of one person on one queue wait for each other until the transaction ends, so that a double click
 * or two tabs get the same items and not twice as many.
 */
export async function lockOwnQueue(tx: Tx, queue: Queue): Promise<void> {
  await tx.$queryRaw(Prisma.sql`
    select 1 as locked from pg_advisory_xact_lock(hashtextextended(${`labeling:${queue.labelingId}:${queue.userId}`}, 0))`);
}

/**
 * Leases up to `take` open items: the person's own first, then free ones in the order of the queue. Rows that
 * another transaction is just taking are passed over, so nobody waits and nothing is given twice.
 */
export async function leaseItems(
  tx: Tx,
  scope: ProjectScope,
  queue: Queue & { take: number; exclude: string[]; seconds: number },
): Promise<LeasedItem[]> {
  const rows = await tx.$queryRaw<LeasedItem[]>(Prisma.sql`
    with picked as materialized (
      select id from label_item
      where project_id = ${scope.projectId}::uuid and labeling_project_id = ${queue.labelingId}::uuid
        and status = 'open' and not (id = any(${queue.exclude}::uuid[]))
        and (leased_until is null or leased_until <= clock_timestamp() or leased_by_id = ${queue.userId}::uuid)
      order by (leased_by_id is not distinct from ${queue.userId}::uuid) desc, position
      limit ${queue.take}
      for update skip locked
    )
    update label_item i
    set leased_by_id = ${queue.userId}::uuid, leased_until = clock_timestamp() + make_interval(secs => ${queue.seconds})
    from picked
    where i.id = picked.id and i.project_id = ${scope.projectId}::uuid
    returning i.id, i.position, i.row_key as key, i.data, i.leased_until as "leasedUntil"`);
  return rows.sort((a, b) => a.position - b.position);
}

/** Prolongs leases that are still the person's, or that ran out with nobody else taking the item. */
export async function renewLeases(
  tx: Tx,
  scope: ProjectScope,
  queue: Queue & { itemIds: string[]; seconds: number },
): Promise<{ id: string; leasedUntil: Date }[]> {
  return tx.$queryRaw(Prisma.sql`
    update label_item
    set leased_until = clock_timestamp() + make_interval(secs => ${queue.seconds})
    where project_id = ${scope.projectId}::uuid and labeling_project_id = ${queue.labelingId}::uuid
      and status = 'open' and leased_by_id = ${queue.userId}::uuid and id = any(${queue.itemIds}::uuid[])
    returning id, leased_until as "leasedUntil"`);
}

/** Gives back all that the person holds. Returns how many. */
export async function releaseLeases(tx: Tx, scope: ProjectScope, queue: Queue): Promise<number> {
  return tx.$executeRaw(Prisma.sql`
    update label_item set leased_by_id = null, leased_until = null
    where project_id = ${scope.projectId}::uuid and labeling_project_id = ${queue.labelingId}::uuid
      and status = 'open' and leased_by_id = ${queue.userId}::uuid`);
}

export type LockedItem = {
  id: string;
  position: number;
  key: string;
  data: Record<string, CellValue>;
  status: 'open' | 'done' | 'skipped';
  leasedById: string | null;
  leaseAlive: boolean;
};

/** One item, held until the transaction ends: whoever answers or undoes it waits here. */
export async function lockItem(
  tx: Tx,
  scope: ProjectScope,
  at: { labelingId: string; itemId: string },
): Promise<LockedItem | null> {
  const rows = await tx.$queryRaw<LockedItem[]>(Prisma.sql`
    select id, position, row_key as key, data, status::text as status, leased_by_id as "leasedById",
      coalesce(leased_until > clock_timestamp(), false) as "leaseAlive"
    from label_item
    where project_id = ${scope.projectId}::uuid and labeling_project_id = ${at.labelingId}::uuid and id = ${at.itemId}::uuid
    for update`);
  return rows[0] ?? null;
}

/** Ends an item's time in the queue. */
export async function finishItem(tx: Tx, scope: ProjectScope, itemId: string, status: 'done' | 'skipped'): Promise<void> {
  await tx.labelItem.updateMany({
    where: { projectId: scope.projectId, id: itemId },
    data: { status, leasedById: null, leasedUntil: null },
  });
}

/** Puts an item back into the queue, leased to `userId` or to nobody. */
export async function reopenItem(
  tx: Tx,
  scope: ProjectScope,
  itemId: string,
  lease: { userId: string; seconds: number } | null,
): Promise<Date | null> {
  const rows = await tx.$queryRaw<{ leasedUntil: Date | null }[]>(Prisma.sql`
    update label_item
    set status = 'open', leased_by_id = ${lease?.userId ?? null}::uuid,
      leased_until = clock_timestamp() + make_interval(secs => ${lease?.seconds ?? null}::int)
    where project_id = ${scope.projectId}::uuid and id = ${itemId}::uuid
    returning leased_until as "leasedUntil"`);
  return rows[0]?.leasedUntil ?? null;
}
