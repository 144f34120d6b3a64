import type { Actor, ProjectScope } from '#server/auth/actor.ts';
import { notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { assertMayGrant } from '#server/features/projects/tokens.policy.ts';
import {
  findLiveTokensOfPerson,
  findToken,
  findTokens,
  insertToken,
  revokeTokensById,
  setTokenRevoked,
} from '#server/features/projects/tokens.repo.ts';
import type { ApiToken, CreateTokenInput } from '#server/features/projects/tokens.schema.ts';
import { toApiToken } from '#server/features/projects/tokens.view.ts';
import { randomToken } from '#server/platform/crypto/tokens.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';

const DAY_MS = 86_400_000;

/** The tokens of a project, live ones first. */
export async function listTokens(scope: ProjectScope, now: Date = new Date()): Promise<{ tokens: ApiToken[] }> {
  const rows = await findTokens(db, scope);
  return { tokens: rows.map((row) => toApiToken(row, now)) };
}

/**
 * Makes a token for a program. The answer holds its secret, once; the database keeps a hash.
 * @throws DomainError FORBIDDEN when it would carry a right that its maker doesn't hold
 */
export async function createToken(scope: ProjectScope, input: CreateTokenInput, now: Date = new Date()) {
  assertMayGrant(scope, input.scopes);
  const { token, hash, prefix } = randomToken('sc_');
  const expiresAt = new Date(now.getTime() + input.expiresInDays * DAY_MS);
  const scopes = [...new Set(input.scopes)];
  return transaction(async (tx) => {
    const { id } = await insertToken(tx, scope, { name: input.name, hash, prefix, scopes, expiresAt });
    await recordAudit(tx, scope, {
      action: 'token.created',
      target: { type: 'token', id, name: input.name },
      details: { prefix, scopes, expiresAt },
    });
    await publish(tx, { projectId: scope.projectId, type: 'token.changed', id });
    return { id, token, expiresAt };
  });
}

/** Ends a token; gateways refuse it as soon as they hear of it. Ending one twice changes nothing. */
export async function revokeToken(scope: ProjectScope, id: string, now: Date = new Date()): Promise<void> {
  await transaction(async (tx) => {
    const token = await findToken(tx, scope, id);
    if (!token) throw notFound('token');
    if (!(await setTokenRevoked(tx, scope, id, now))) return;
    await recordAudit(tx, scope, {
      action: 'token.revoked',
      target: { type: 'token', id, name: token.name },
      details: { prefix: token.prefix },
    });
    await publish(tx, { projectId: scope.projectId, type: 'token.changed', id });
  });
}

/** How many live tokens a person made, over all projects. */
export async function countTokensOf(tx: Tx, userId: string, now: Date): Promise<number> {
  return (await findLiveTokensOfPerson(tx, userId, now)).length;
}

/** Ends every live token that a person made: part of deactivating that person, when it is wished. */
export async function revokeTokensOf(tx: Tx, actor: Actor, userId: string, now: Date): Promise<number> {
  const tokens = await findLiveTokensOfPerson(tx, userId, now);
  await revokeTokensById(
    tx,
    tokens.map((token) => token.id),
    now,
  );
  for (const { id, name, projectId } of tokens) {
    await recordAudit(
      tx,
      { actor, projectId },
      {
        action: 'token.revoked',
        target: { type: 'token', id, name },
        reason: 'Its maker was deactivated.',
      },
    );
    await publish(tx, { projectId, type: 'token.changed', id });
  }
  return tokens.length;
}
