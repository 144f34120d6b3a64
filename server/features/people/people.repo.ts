import type { Tx } from '#server/platform/db/client.ts';

const PERSON = {
  id: true,
  name: true,
  email: true,
  isAdmin: true,
  passwordHash: true,
  oidcSubject: true,
  createdAt: true,
  deactivatedAt: true,
} as const;

/** Everybody, with memberships and open sessions. */
export async function findPeople(tx: Tx, now: Date) {
  return tx.user.findMany({
    orderBy: [{ deactivatedAt: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }],
    select: {
      ...PERSON,
      members: { select: { role: true, project: { select: { name: true } } }, orderBy: { project: { name: 'asc' } } },
      sessions: { where: { revokedAt: null, expiresAt: { gt: now } }, select: { id: true } },
    },
  });
}

/** When each person was last seen, over all their sessions. */
export async function findLastSeen(tx: Tx): Promise<Map<string, Date>> {
  const rows = await tx.session.groupBy({ by: ['userId'], _max: { lastSeenAt: true } });
  return new Map(rows.flatMap((row) => (row._max.lastSeenAt ? [[row.userId, row._max.lastSeenAt] as const] : [])));
}

/** How many live API tokens each person has made. */
export async function countLiveTokens(tx: Tx, now: Date): Promise<Map<string, number>> {
  const rows = await tx.apiToken.groupBy({
    by: ['createdById'],
    where: { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    _count: { _all: true },
  });
  return new Map(rows.flatMap((row) => (row.createdById ? [[row.createdById, row._count._all] as const] : [])));
}

export async function findPerson(tx: Tx, id: string) {
  return tx.user.findUnique({ where: { id }, select: PERSON });
}

/** Lets one transaction at a time change who administers, and says who does now. */
export async function lockAdministrators(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from "user" where is_admin and deactivated_at is null order by id for update`;
  return rows.map((row) => row.id);
}

export async function updatePerson(
  tx: Tx,
  id: string,
  data: { name?: string; isAdmin?: boolean; deactivatedAt?: Date | null; passwordHash?: string },
): Promise<void> {
  await tx.user.update({ where: { id }, data, select: { id: true } });
}
