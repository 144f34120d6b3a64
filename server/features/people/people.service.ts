import type { Actor } from '#server/auth/actor.ts';
import { normalizeEmail } from '#server/auth/email.ts';
import { insertLink, revokeOpenLinks } from '#server/auth/one-time-link.repo.ts';
import { endSessions } from '#server/auth/sessions.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { createInvite, findPersonByEmail, linkPath, listInvites, revokeInvite } from '#server/features/people/invites.service.ts';
import { assertAdministratorRemains } from '#server/features/people/people.policy.ts';
import {
  countLiveTokens,
  findLastSeen,
  findPeople,
  findPerson,
  lockAdministrators,
  updatePerson,
} from '#server/features/people/people.repo.ts';
import type { DeactivateInput, Person } from '#server/features/people/people.schema.ts';
import { toPerson } from '#server/features/people/people.view.ts';
import { revokeTokensOf } from '#server/features/projects/tokens.service.ts';
import { randomToken } from '#server/platform/crypto/tokens.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';

type Administrator = Actor & { id: string };
const RESET_MS = 24 * 3_600_000;

/** Everybody here, active ones first. */
export async function listPeople(now: Date = new Date()): Promise<{ people: Person[] }> {
  const [rows, tokens, seen] = await Promise.all([findPeople(db, now), countLiveTokens(db, now), findLastSeen(db)]);
  return {
    people: rows.map((row) => toPerson(row, { liveTokens: tokens.get(row.id) ?? 0, lastSeenAt: seen.get(row.id) ?? null })),
  };
}

/** Invitations into the installation, without a project, that wait to be taken. */
export async function listOpenInvites() {
  return { invites: await listInvites(db, { projectId: null }) };
}

/** @throws DomainError CONFLICT when the e-mail belongs to somebody who is here */
export async function invitePerson(actor: Actor, input: { email: string; isAdmin: boolean }) {
  const email = normalizeEmail(input.email);
  return transaction(async (tx) => {
    const known = await findPersonByEmail(tx, email);
    if (known) throw new DomainError('CONFLICT', `${known.name} is here with this e-mail already.`);
    return createInvite(tx, actor, { email, isAdmin: input.isAdmin });
  });
}

/** Takes back an invitation into the installation. */
export async function revokeOpenInvite(actor: Actor, id: string): Promise<void> {
  await transaction((tx) => revokeInvite(tx, actor, { id, projectId: null }));
}

/** Makes a one-time link by which a person sets a new password; taking it ends their sessions. */
export async function createResetLink(actor: Actor, userId: string, now: Date = new Date()) {
  return transaction(async (tx) => {
    const person = await personOrThrow(tx, userId);
    if (person.deactivatedAt) throw new DomainError('CONFLICT', `${person.name} was deactivated: reactivate them first.`);
    await revokeOpenLinks(tx, { kind: 'reset', userId }, now);
    const { token, hash } = randomToken('sl_');
    const expiresAt = new Date(now.getTime() + RESET_MS);
    await insertLink(tx, { kind: 'reset', tokenHash: hash, userId, expiresAt, createdById: actor.id });
    await audit(tx, actor, person, { action: 'person.reset_link_created', details: { expiresAt } });
    return { path: linkPath(token), expiresAt };
  });
}

/**
 * Shuts a person out: every session ends at once and no sign-in is taken. What they did stays under their name. API
 * tokens that they made belong to their projects and go on, unless their end is wished too.
 */
export async function deactivatePerson(actor: Administrator, input: DeactivateInput, now: Date = new Date()) {
  return transaction(async (tx) => {
    const administratorIds = await lockAdministrators(tx);
    const person = await personOrThrow(tx, input.userId);
    assertAdministratorRemains({ actorId: actor.id, person, administratorIds });
    if (person.deactivatedAt) return { sessionsEnded: 0, tokensRevoked: 0 };
    await updatePerson(tx, person.id, { deactivatedAt: now });
    await revokeOpenLinks(tx, { kind: 'reset', userId: person.id }, now);
    const sessionsEnded = await endSessions(tx, { userId: person.id }, now);
    const tokensRevoked = input.revokeTokens ? await revokeTokensOf(tx, actor, person.id, now) : 0;
    await audit(tx, actor, person, {
      action: 'person.deactivated',
      reason: input.reason,
      details: { sessionsEnded, tokensRevoked },
    });
    return { sessionsEnded, tokensRevoked };
  });
}

/** Lets a person in again, with the memberships they had. */
export async function reactivatePerson(actor: Actor, userId: string): Promise<void> {
  await transaction(async (tx) => {
    const person = await personOrThrow(tx, userId);
    if (!person.deactivatedAt) return;
    await updatePerson(tx, userId, { deactivatedAt: null });
    await audit(tx, actor, person, { action: 'person.reactivated' });
  });
}

/** Makes somebody an administrator of the installation, or takes that back. */
export async function setAdministrator(actor: Administrator, input: { userId: string; isAdmin: boolean }): Promise<void> {
  await transaction(async (tx) => {
    const administratorIds = await lockAdministrators(tx);
    const person = await personOrThrow(tx, input.userId);
    if (person.isAdmin === input.isAdmin) return;
    if (!input.isAdmin) assertAdministratorRemains({ actorId: actor.id, person, administratorIds });
    await updatePerson(tx, person.id, { isAdmin: input.isAdmin });
    await audit(tx, actor, person, { action: input.isAdmin ? 'person.made_administrator' : 'person.no_longer_administrator' });
  });
}

/** Ends every session of a person, who may sign in again. */
export async function endPersonSessions(actor: Actor, userId: string): Promise<{ sessionsEnded: number }> {
  return transaction(async (tx) => {
    const person = await personOrThrow(tx, userId);
    const sessionsEnded = await endSessions(tx, { userId });
    await audit(tx, actor, person, { action: 'person.sessions_ended', details: { sessionsEnded } });
    return { sessionsEnded };
  });
}

async function personOrThrow(tx: Tx, id: string) {
  const person = await findPerson(tx, id);
  if (!person) throw notFound('person');
  return person;
}

type Act = { action: string; reason?: string | undefined; details?: Record<string, unknown> };

async function audit(tx: Tx, actor: Actor, person: { id: string; name: string }, act: Act): Promise<void> {
  await recordAudit(tx, { actor, projectId: null }, { ...act, target: { type: 'person', id: person.id, name: person.name } });
}
