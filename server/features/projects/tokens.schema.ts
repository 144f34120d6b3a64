import { z } from 'zod';
import { TOKEN_SCOPES } from '#server/auth/roles.ts';

export const TOKEN_DAYS_MAX = 366;

export const tokenScope = z.enum(TOKEN_SCOPES);

export const apiToken = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The first characters, by which a person knows a token again. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdBy: z.string().nullable(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
});
export type ApiToken = z.infer<typeof apiToken>;

export const listTokensOutput = z.object({ tokens: z.array(apiToken) });

export const createTokenInput = z.object({
  name: z.string().trim().min(1, 'Give the token a name that says who uses it.').max(80),
  scopes: z.array(tokenScope).min(1, 'Choose at least one right.'),
  /** Days until it expires. */
  expiresInDays: z.number().int().min(1).max(TOKEN_DAYS_MAX),
});
export type CreateTokenInput = z.infer<typeof createTokenInput>;

/** `token` is the secret itself; it is never shown again. */
export const createTokenOutput = z.object({ id: z.uuid(), token: z.string(), expiresAt: z.date() });

export const revokeTokenInput = z.object({ id: z.uuid() });
export const doneOutput = z.object({ done: z.literal(true) });
