import type { ApiToken } from '#server/features/projects/tokens.schema.ts';

type TokenRow = Omit<ApiToken, 'state'>;

/** A token as people see it: never its secret, nor the hash of it. */
export function toApiToken(row: TokenRow, now: Date): ApiToken {
  const state = row.revokedAt ? 'revoked' : row.expiresAt && row.expiresAt <= now ? 'expired' : 'active';
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdBy: row.createdBy,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
    revokedAt: row.revokedAt,
    state,
  };
}
