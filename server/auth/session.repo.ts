import type { Tx } from '#server/platform/db/client.ts';

export type LiveSession = {
  id: string;
  lastSeenAt: Date;
  user: { id: string; name: string; email: string; isAdmin: boolean };
};

/** The session if it may still be used: not revoked, not expired, and its person not deactivated. */
export async function findLiveSession(tx: Tx, id: string, now: Date): Promise<LiveSession | null> {
  return tx.session.findFirst({
    where: { id, revokedAt: null, expiresAt: { gt: now }, user: { deactivatedAt: null } },
    select: {
      id: true,
      lastSeenAt: true,
      user: { select: { id: true, name: true, email: true, isAdmin: true } },
    },
  });
}

export async function insertSession(
  tx: Tx,
  row: { userId: string; userAgent: string; expiresAt: Date },
): Promise<{ id: string }> {
  return tx.session.create({ data: row, select: { id: true } });
}

export async function touchSession(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.session.updateMany({ where: { id, lastSeenAt: { lt: now } }, data: { lastSeenAt: now } });
}

/** Ends sessions of one person: all of them, one, or all but one. Returns how many were open. */
export async function revokeSessions(
  tx: Tx,
  where: { userId: string; only?: string; except?: string },
  now: Date,
): Promise<number> {
  const id = where.only ? { equals: where.only } : where.except ? { not: where.except } : undefined;
  const { count } = await tx.session.updateMany({
    where: { userId: where.userId, revokedAt: null, expiresAt: { gt: now }, ...(id ? { id } : {}) },
    data: { revokedAt: now },
  });
  return count;
}

export async function findOpenSessions(tx: Tx, userId: string, now: Date) {
  return tx.session.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: now } },
    orderBy: { lastSeenAt: 'desc' },
    select: { id: true, userAgent: true, createdAt: true, lastSeenAt: true, expiresAt: true },
  });
}

export async function findSessionOwner(tx: Tx, id: string): Promise<string | null> {
  const session = await tx.session.findUnique({ where: { id }, select: { userId: true } });
  return session?.userId ?? null;
}
