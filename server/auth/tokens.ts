import type { ProjectScope } from '#server/auth/actor.ts';
import type { Scope } from '#server/auth/roles.ts';
import { TOKEN_SCOPES } from '#server/auth/roles.ts';
import { findLiveTokenRows, findTokenRow, updateLastUsed } from '#server/auth/tokens.repo.ts';
import { db } from '#server/platform/db/client.ts';

/** A program's token as the gateway keeps it in memory and in its spool: the hash, never the secret. */
export type KnownToken = {
  id: string;
  hash: string;
  name: string;
  projectId: string;
  projectName: string;
  scopes: Scope[];
  expiresAt: Date | null;
};

/**
 * The token with this SHA-256 (hex), expired ones too so that the caller can say so. Null when there is none, when it was
 * revoked, or when its project is archived.
 */
export async function findTokenByHash(hash: string): Promise<KnownToken | null> {
  const [row] = await findTokenRow(db, hash);
  return row && !row.revokedAt ? toKnownToken(row) : null;
}

/** Every token that may be used now, of all projects that aren't archived. */
export async function listActiveTokens(now: Date = new Date()): Promise<KnownToken[]> {
  return (await findLiveTokenRows(db, now)).map(toKnownToken);
}

/** Notes when tokens were last used; the gateway calls it now and then with what it has gathered. */
export async function recordTokenUse(uses: { id: string; at: Date }[]): Promise<void> {
  if (uses.length > 0) await updateLastUsed(db, uses);
}

/** What a program may do with its token. */
export function tokenScope(token: KnownToken): ProjectScope {
  return {
    actor: { kind: 'token', id: token.id, name: token.name, isAdmin: false },
    projectId: token.projectId,
    projectName: token.projectName,
    role: null,
    scopes: new Set(token.scopes),
  };
}

function toKnownToken(row: Omit<KnownToken, 'scopes'> & { scopes: string[] }): KnownToken {
  const { id, hash, name, projectId, projectName, expiresAt } = row;
  const scopes = TOKEN_SCOPES.filter((scope) => row.scopes.includes(scope));
  return { id, hash, name, projectId, projectName, scopes, expiresAt };
}
