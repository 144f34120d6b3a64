import type { Actor } from '#server/auth/actor.ts';
import { insertLink, revokeOpenLinks } from '#server/auth/one-time-link.repo.ts';
import type { Role } from '#server/auth/roles.ts';
import { findUserByEmail } from '#server/auth/user.repo.ts';
import { notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { findInvite, findInvites, setInviteRevoked } from '#server/features/people/invites.repo.ts';
import { randomToken } from '#server/platform/crypto/tokens.ts';
import type { Tx } from '#server/platform/db/client.ts';

const INVITE_MS = 7 * 86_400_000;

/** The path of a one-time link below the console's address. */
export function linkPath(token: string): string {
  return `/invite/${token}`;
}

/** The person with this (normalized) e-mail, if there is one. */
export function findPersonByEmail(tx: Tx, email: string) {
  return findUserByEmail(tx, email);
}

/**
 * Makes a one-time link by which the owner of an e-mail joins, into a project or as an administrator. An older one for
 * the same e-mail and place ends.
 */
export async function createInvite(
  tx: Tx,
  actor: Actor,
  o: { email: string; isAdmin?: boolean; projectId?: string; role?: Role },
  now: Date = new Date(),
): Promise<{ id: string; path: string; expiresAt: Date }> {
  await revokeOpenLinks(tx, { kind: 'invite', email: o.email, projectId: o.projectId ?? null }, now);
  const { token, hash } = randomToken('sl_');
  const expiresAt = new Date(now.getTime() + INVITE_MS);
  const { id } = await insertLink(tx, { kind: 'invite', tokenHash: hash, expiresAt, createdById: actor.id, ...o });
  await recordAudit(
    tx,
    { actor, projectId: o.projectId ?? null },
    {
      action: 'person.invited',
      target: { type: 'invitation', id, name: o.email },
      details: { role: o.role, administrator: o.isAdmin ?? false, expiresAt },
    },
  );
  return { id, path: linkPath(token), expiresAt };
}

/** Open invitations of one project, or those of none. */
export async function listInvites(tx: Tx, where: { projectId: string | null }, now: Date = new Date()) {
  const rows = await findInvites(tx, where.projectId, now);
  return rows.map((row) => ({ ...row, email: row.email ?? '' }));
}

/** @throws DomainError NOT_FOUND when it was taken or taken back before */
export async function revokeInvite(
  tx: Tx,
  actor: Actor,
  at: { id: string; projectId: string | null },
  now: Date = new Date(),
): Promise<void> {
  const invite = await findInvite(tx, at);
  if (!invite) throw notFound('open invitation');
  await setInviteRevoked(tx, invite.id, now);
  await recordAudit(
    tx,
    { actor, projectId: at.projectId },
    {
      action: 'person.invitation_revoked',
      target: { type: 'invitation', id: invite.id, name: invite.email ?? '' },
    },
  );
}
