import { SYSTEM_ACTOR } from '#server/auth/actor.ts';
import { normalizeEmail } from '#server/auth/email.ts';
import { takeInvitations } from '#server/auth/invitations.ts';
import type { OneTimeLink } from '#server/auth/one-time-link.repo.ts';
import { findLinkByHash, insertLink, revokeOpenLinks, spendLink } from '#server/auth/one-time-link.repo.ts';
import { assertGoodPassword, hashPassword } from '#server/auth/password.ts';
import { endSessions } from '#server/auth/sessions.ts';
import { countActiveAdministrators, findUserById, insertUser, updateCredentials } from '#server/auth/user.repo.ts';
import { config } from '#server/config.ts';
import { DomainError } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { notify } from '#server/features/notifications/notifications.service.ts';
import { findProjectName, findProjectTitle } from '#server/features/people/invites.repo.ts';
import { linkPath } from '#server/features/people/invites.service.ts';
import { assertUsable, linkState, unknownLink } from '#server/features/people/links.policy.ts';
import type { LinkDetail, TakeLinkInput } from '#server/features/people/links.schema.ts';
import { hashToken, randomToken } from '#server/platform/crypto/tokens.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { isUniqueViolation } from '#server/platform/db/errors.ts';

const SETUP_MS = 24 * 3_600_000;

/**
 * The link by which the first administrator is made, or null when there is one. Each call ends the link before.
 * @returns the path below the console's address
 */
export async function createSetupLink(now: Date = new Date()): Promise<{ path: string; expiresAt: Date } | null> {
  return transaction(async (tx) => {
    if ((await countActiveAdministrators(tx)) > 0) return null;
    await revokeOpenLinks(tx, { kind: 'setup' }, now);
    const { token, hash } = randomToken('sl_');
    const expiresAt = new Date(now.getTime() + SETUP_MS);
    await insertLink(tx, { kind: 'setup', tokenHash: hash, expiresAt, isAdmin: true });
    return { path: linkPath(token), expiresAt };
  });
}

/** How one can sign in here. */
export async function getSignInOptions(): Promise<{ provider: string | null; needsSetUp: boolean }> {
  return { provider: config.oidc?.name ?? null, needsSetUp: (await countActiveAdministrators(db)) === 0 };
}

/** What a one-time link is for, also when it can't be used any more. */
export async function readLink(token: string, now: Date = new Date()): Promise<LinkDetail> {
  const link = await findLinkByHash(db, hashToken(token));
  if (!link) throw unknownLink();
  const person = link.userId ? await findUserById(db, link.userId) : null;
  return {
    kind: kindOf(link),
    state: linkState(link, now),
    email: link.email ?? person?.email ?? null,
    name: person?.name ?? null,
    project: link.projectId ? await findProjectTitle(db, link.projectId) : null,
    role: link.role,
    isAdmin: link.isAdmin,
    expiresAt: link.expiresAt,
  };
}

/**
 * Takes a one-time link: makes the first administrator, lets an invited person in, or sets a new password.
 * @returns the e-mail to sign in with
 * @throws DomainError CONFLICT when the link was used, taken back or has expired
 */
export async function takeLink(input: TakeLinkInput, now: Date = new Date()): Promise<{ email: string }> {
  const found = await findLinkByHash(db, hashToken(input.token));
  if (!found) throw unknownLink();
  assertUsable(found, now);
  const person = found.userId ? await findUserById(db, found.userId) : null;
  const email = person?.email ?? found.email ?? normalizeEmail(input.email ?? '');
  if (!email) throw new DomainError('INVALID', 'Give the e-mail with which you will sign in.');
  if (!person && !input.name) throw new DomainError('INVALID', 'Give the name by which the others will know you.');
  assertGoodPassword(input.password, email);
  const passwordHash = await hashPassword(input.password);
  const who = { email, name: input.name ?? person?.name ?? email, passwordHash };
  try {
    await transaction(async (tx) => {
      if (found.kind === 'invite') await takeInvite(tx, found, who, now);
      else if (!(await spendLink(tx, found.id, now))) assertUsable({ ...found, usedAt: now }, now);
      else if (found.kind === 'setup') await makeFirstAdministrator(tx, who);
      else if (person) await resetPassword(tx, person, passwordHash);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new DomainError('CONFLICT', `Somebody with the e-mail ${email} is here already. Sign in, or ask for a new password.`);
  }
  return { email };
}

type NewPerson = { email: string; name: string; passwordHash: string };

async function takeInvite(tx: Tx, link: OneTimeLink, who: NewPerson, now: Date): Promise<void> {
  const user = await takeInvitations(tx, who, now);
  if (!user) return assertUsable({ ...link, usedAt: now }, now);
  await notify(
    tx,
    { actor: { kind: 'user', id: user.id, name: user.name, isAdmin: user.isAdmin }, projectId: link.projectId },
    {
      kind: 'invitation.accepted',
      people: link.createdById ? [link.createdById] : [],
      title: `${user.name} has accepted your invitation`,
      text: `${user.email} can sign in from now on.`,
      href: link.projectId ? `/${await findProjectName(tx, link.projectId)}/settings` : '/admin/people',
      data: { person: user.name, role: link.role },
    },
  );
}

async function makeFirstAdministrator(tx: Tx, who: NewPerson): Promise<void> {
  if ((await countActiveAdministrators(tx)) > 0) {
    throw new DomainError('CONFLICT', 'The first administrator is here already. Ask them to invite you.');
  }
  const user = await insertUser(tx, { ...who, isAdmin: true });
  await recordAudit(
    tx,
    { actor: { kind: 'user', id: user.id, name: user.name, isAdmin: true }, projectId: null },
    {
      action: 'person.joined',
      target: { type: 'person', id: user.id, name: user.name },
      details: { email: user.email, administrator: true, by: 'set-up link' },
    },
  );
}

async function resetPassword(tx: Tx, person: { id: string; name: string }, passwordHash: string): Promise<void> {
  await updateCredentials(tx, person.id, { passwordHash });
  const sessions = await endSessions(tx, { userId: person.id });
  await recordAudit(
    tx,
    { actor: { ...SYSTEM_ACTOR, kind: 'user', id: person.id, name: person.name }, projectId: null },
    {
      action: 'person.password_reset',
      target: { type: 'person', id: person.id, name: person.name },
      details: { sessionsEnded: sessions },
    },
  );
}

function kindOf(link: OneTimeLink): LinkDetail['kind'] {
  return link.kind === 'setup' || link.kind === 'reset' ? link.kind : 'invite';
}
