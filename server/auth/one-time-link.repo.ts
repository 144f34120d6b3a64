import type { Role } from '#server/auth/roles.ts';
import type { Tx } from '#server/platform/db/client.ts';

export type LinkKind = 'setup' | 'invite' | 'reset';

const LINK = {
  id: true,
  kind: true,
  email: true,
  isAdmin: true,
  projectId: true,
  role: true,
  userId: true,
  createdById: true,
  expiresAt: true,
  usedAt: true,
  revokedAt: true,
} as const;

export async function insertLink(
  tx: Tx,
  row: {
    kind: LinkKind;
    tokenHash: string;
    expiresAt: Date;
    email?: string;
    isAdmin?: boolean;
    projectId?: string;
    role?: Role;
    userId?: string;
    createdById?: string | null;
  },
): Promise<{ id: string }> {
  return tx.oneTimeLink.create({ data: row, select: { id: true } });
}

export async function findLinkByHash(tx: Tx, tokenHash: string) {
  return tx.oneTimeLink.findUnique({ where: { tokenHash }, select: LINK });
}

export type OneTimeLink = NonNullable<Awaited<ReturnType<typeof findLinkByHash>>>;

/** Marks an open link as used. False when another request was faster. */
export async function spendLink(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.oneTimeLink.updateMany({
    where: { id, usedAt: null, revokedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  return count === 1;
}

/** Every invitation of an e-mail that can still be taken. */
export async function findOpenInvites(tx: Tx, email: string, now: Date): Promise<OneTimeLink[]> {
  return tx.oneTimeLink.findMany({
    where: { kind: 'invite', email, usedAt: null, revokedAt: null, expiresAt: { gt: now } },
    orderBy: { createdAt: 'asc' },
    select: LINK,
  });
}

export async function revokeOpenLinks(
  tx: Tx,
  where: { kind: LinkKind; userId?: string; email?: string; projectId?: string | null },
  now: Date,
): Promise<number> {
  const { count } = await tx.oneTimeLink.updateMany({
    where: { ...where, usedAt: null, revokedAt: null },
    data: { revokedAt: now },
  });
  return count;
}

/** Makes a person a member; one who is a member already keeps the role. */
export async function insertMemberIfNone(tx: Tx, row: { projectId: string; userId: string; role: Role }): Promise<void> {
  await tx.member.createMany({ data: [row], skipDuplicates: true });
}
