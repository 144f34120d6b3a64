import { insertAuditEntry } from '#server/auth/audit-entry.repo.ts';
import { normalizeEmail } from '#server/auth/email.ts';
import { takeInvitations } from '#server/auth/invitations.ts';
import type { Identity } from '#server/auth/user.repo.ts';
import { findUserByEmail, findUserBySubject, updateCredentials } from '#server/auth/user.repo.ts';
import { config } from '#server/config.ts';
import { DomainError } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { transaction } from '#server/platform/db/client.ts';

export type OidcClaims = { sub: string; email?: string | undefined; emailVerified: boolean; name?: string | undefined };
export type OidcRefusal = 'oidc_unverified' | 'oidc_unknown' | 'oidc_other' | 'deactivated';

/** A subject is unique with its issuer only, so both are stored. */
export function subjectKey(sub: string, issuer: string = config.oidc?.issuer ?? ''): string {
  return `${issuer.replace(/\/$/, '')}#${sub}`;
}

/**
 * The person whom a provider's claims stand for: by the subject linked before, else by a verified e-mail of somebody who
 * is here or invited. Nobody signs up by a provider alone.
 */
export async function recognise(claims: OidcClaims, now: Date = new Date()): Promise<Identity | OidcRefusal> {
  return transaction(async (tx) => {
    const subject = subjectKey(claims.sub);
    const linked = await findUserBySubject(tx, subject);
    if (linked) return linked.deactivatedAt ? 'deactivated' : linked;
    if (!claims.email || !claims.emailVerified) return 'oidc_unverified';
    const email = normalizeEmail(claims.email);
    const known = await findUserByEmail(tx, email);
    if (known) return linkPerson(tx, known, subject);
    const name = claims.name?.trim() || email;
    const joined = await takeInvitations(tx, { email, name, passwordHash: null, oidcSubject: subject }, now);
    return joined ?? 'oidc_unknown';
  });
}

/** The person of a subject that `recognise` has let in. */
export async function findRecognised(tx: Tx, sub: string): Promise<Identity> {
  const user = await findUserBySubject(tx, subjectKey(sub));
  if (!user) throw new DomainError('UNAUTHENTICATED', 'This identity belongs to nobody here.');
  return user;
}

async function linkPerson(tx: Tx, user: Identity, subject: string): Promise<Identity | OidcRefusal> {
  if (user.deactivatedAt) return 'deactivated';
  if (user.oidcSubject) return 'oidc_other';
  await updateCredentials(tx, user.id, { oidcSubject: subject });
  await insertAuditEntry(tx, {
    actor: { kind: 'user', id: user.id, name: user.name },
    projectId: null,
    action: 'person.identity_linked',
    target: { type: 'person', id: user.id, name: user.name },
    details: { issuer: config.oidc?.issuer },
  });
  return user;
}
