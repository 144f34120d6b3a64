import type { ProjectScope } from '#server/auth/actor.ts';
import type { Tx } from '#server/platform/db/client.ts';

const TOKEN = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  createdById: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  revokedAt: true,
} as const;

export async function findTokens(tx: Tx, scope: ProjectScope) {
  const tokens = await tx.apiToken.findMany({
    where: { projectId: scope.projectId },
    orderBy: [{ revokedAt: { sort: 'asc', nulls: 'first' } }, { createdAt: 'desc' }],
    select: TOKEN,
  });
  const ids = tokens.flatMap((token) => (token.createdById ? [token.createdById] : []));
  const people = await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(people.map((person) => [person.id, person.name]));
  return tokens.map(({ createdById, ...token }) => ({ ...token, createdBy: names.get(createdById ?? '') ?? null }));
}

export async function insertToken(
  tx: Tx,
  scope: ProjectScope,
  row: { name: string; hash: string; prefix: string; scopes: string[]; expiresAt: Date },
): Promise<{ id: string }> {
  return tx.apiToken.create({
    data: { ...row, projectId: scope.projectId, createdById: scope.actor.kind === 'user' ? scope.actor.id : null },
    select: { id: true },
  });
}

export async function findToken(tx: Tx, scope: ProjectScope, id: string) {
  return tx.apiToken.findFirst({ where: { id, projectId: scope.projectId }, select: TOKEN });
}

/** False when it was revoked already. */
export async function setTokenRevoked(tx: Tx, scope: ProjectScope, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.apiToken.updateMany({
    where: { id, projectId: scope.projectId, revokedAt: null },
    data: { revokedAt: now },
  });
  return count === 1;
}

/** Live tokens that one person made, in every project: asked when that person is deactivated. */
export async function findLiveTokensOfPerson(tx: Tx, userId: string, now: Date) {
  return tx.apiToken.findMany({
    where: { createdById: userId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    select: { id: true, name: true, projectId: true },
  });
}

export async function revokeTokensById(tx: Tx, ids: string[], now: Date): Promise<void> {
  await tx.apiToken.updateMany({ where: { id: { in: ids }, revokedAt: null }, data: { revokedAt: now } });
}
