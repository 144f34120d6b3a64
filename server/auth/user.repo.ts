import type { Tx } from '#server/platform/db/client.ts';

const IDENTITY = {
  id: true,
  email: true,
  name: true,
  isAdmin: true,
  passwordHash: true,
  oidcSubject: true,
  deactivatedAt: true,
} as const;

export async function findUserByEmail(tx: Tx, email: string) {
  return tx.user.findUnique({ where: { email }, select: IDENTITY });
}

export async function findUserBySubject(tx: Tx, oidcSubject: string) {
  return tx.user.findUnique({ where: { oidcSubject }, select: IDENTITY });
}

export async function findUserById(tx: Tx, id: string) {
  return tx.user.findUnique({ where: { id }, select: IDENTITY });
}

export type Identity = NonNullable<Awaited<ReturnType<typeof findUserByEmail>>>;

export async function insertUser(
  tx: Tx,
  row: { email: string; name: string; passwordHash: string | null; oidcSubject?: string; isAdmin: boolean },
): Promise<Identity> {
  return tx.user.create({ data: row, select: IDENTITY });
}

export async function updateCredentials(
  tx: Tx,
  id: string,
  data: { passwordHash?: string; oidcSubject?: string },
): Promise<void> {
  await tx.user.update({ where: { id }, data, select: { id: true } });
}

export async function countActiveAdministrators(tx: Tx): Promise<number> {
  return tx.user.count({ where: { isAdmin: true, deactivatedAt: null } });
}
