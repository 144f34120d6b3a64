import type { Actor } from '#server/auth/actor.ts';
import { countAttempt, forgiveAttempt } from '#server/auth/attempts.repo.ts';
import { assertGoodPassword, hashPassword, verifyPassword } from '#server/auth/password.ts';
import { endSessions, listOpenSessions } from '#server/auth/sessions.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { findPerson, updatePerson } from '#server/features/people/people.repo.ts';
import type { ChangePasswordInput, Me } from '#server/features/people/people.schema.ts';
import { toOwnSession } from '#server/features/people/people.view.ts';
import { db, transaction } from '#server/platform/db/client.ts';

type Self = { actor: Actor & { id: string }; sessionId: string | null };

/** The person who asks. */
export async function getMe({ actor }: Self): Promise<Me> {
  const person = await findPerson(db, actor.id);
  if (!person) throw notFound('person');
  const { id, name, email, isAdmin, passwordHash } = person;
  return { id, name, email, isAdmin, hasPassword: passwordHash !== null };
}

/** Changes the name by which the others know me. Records keep the name that they were written with. */
export async function renameMe({ actor }: Self, name: string): Promise<void> {
  await transaction(async (tx) => {
    await updatePerson(tx, actor.id, { name });
    await recordAudit(
      tx,
      { actor, projectId: null },
      {
        action: 'person.renamed',
        target: { type: 'person', id: actor.id, name },
        details: { from: actor.name, to: name },
      },
    );
  });
}

/** My open sessions, this one marked. */
export async function listMySessions({ actor, sessionId }: Self) {
  const rows = await listOpenSessions(db, actor.id);
  return { sessions: rows.map((row) => toOwnSession(row, sessionId)) };
}

/** Ends one of my sessions, or with `only` left out all but this one. */
export async function endMySessions({ actor, sessionId }: Self, only?: string): Promise<{ sessionsEnded: number }> {
  return transaction(async (tx) => {
    const sessionsEnded = await endSessions(tx, {
      userId: actor.id,
      ...(only ? { only } : sessionId ? { except: sessionId } : {}),
    });
    if (only && sessionsEnded === 0) throw notFound('open session');
    await recordAudit(
      tx,
      { actor, projectId: null },
      {
        action: 'session.ended',
        target: { type: 'person', id: actor.id, name: actor.name },
        details: { sessionsEnded },
      },
    );
    return { sessionsEnded };
  });
}

/**
 * Changes my password and ends my other sessions. A person who has none (single sign-on) gets one by a link from an
 * administrator.
 * @throws DomainError INVALID when the current one is wrong, RATE_LIMITED after too many tries
 */
export async function changeMyPassword(
  { actor, sessionId }: Self,
  input: ChangePasswordInput,
): Promise<{ sessionsEnded: number }> {
  const person = await findPerson(db, actor.id);
  if (!person?.passwordHash) {
    throw new DomainError('INVALID', 'You sign in without a password. An administrator can send you a link to set one.');
  }
  const attempt = { email: person.email, address: '' };
  const counted = await countAttempt(attempt);
  if (!counted.ok) {
    throw new DomainError(
      'RATE_LIMITED',
      `Too many wrong passwords. Try again in ${Math.ceil(counted.retryAfterSeconds / 60)} minutes.`,
    );
  }
  if (!(await verifyPassword(person.passwordHash, input.current))) {
    throw new DomainError('INVALID', 'The current password is wrong. Nothing was changed.');
  }
  await forgiveAttempt(attempt);
  assertGoodPassword(input.next, person.email);
  const passwordHash = await hashPassword(input.next);
  return transaction(async (tx) => {
    await updatePerson(tx, person.id, { passwordHash });
    const sessionsEnded = await endSessions(tx, { userId: person.id, ...(sessionId ? { except: sessionId } : {}) });
    await recordAudit(
      tx,
      { actor, projectId: null },
      {
        action: 'person.password_changed',
        target: { type: 'person', id: person.id, name: person.name },
        details: { sessionsEnded },
      },
    );
    return { sessionsEnded };
  });
}
