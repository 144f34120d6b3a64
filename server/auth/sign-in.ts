import { countAttempt, forgiveAttempt } from '#server/auth/attempts.repo.ts';
import { insertAuditEntry } from '#server/auth/audit-entry.repo.ts';
import { normalizeEmail } from '#server/auth/email.ts';
import { verifyPassword } from '#server/auth/password.ts';
import { openSession } from '#server/auth/session.ts';
import type { Identity } from '#server/auth/user.repo.ts';
import { findUserByEmail } from '#server/auth/user.repo.ts';
import { db, transaction } from '#server/platform/db/client.ts';

export type Caller = { address: string; userAgent: string };
export type SignInResult =
  | { ok: true; user: Identity }
  | { ok: false; reason: 'wrong' | 'deactivated' }
  | { ok: false; reason: 'limited'; retryAfterSeconds: number };

/**
 * Judges an e-mail and a password. An unknown e-mail, a wrong password and a person who signs in elsewhere only get
 * the same answer after the same time; that somebody is deactivated is told only to who knows the password.
 */
export async function checkPassword(o: { email: string; password: string; address: string }): Promise<SignInResult> {
  const email = normalizeEmail(o.email);
  const attempt = await countAttempt({ email, address: o.address });
  if (!attempt.ok) return { ok: false, reason: 'limited', retryAfterSeconds: attempt.retryAfterSeconds };
  const user = await findUserByEmail(db, email);
  const matches = await verifyPassword(user?.passwordHash ?? null, o.password.slice(0, 1000));
  if (!user || !matches) return { ok: false, reason: 'wrong' };
  await forgiveAttempt({ email, address: o.address });
  if (user.deactivatedAt) return { ok: false, reason: 'deactivated' };
  return { ok: true, user };
}

/** Opens a session for a person who was just recognised, and writes it into the record. */
export async function startSession(user: Pick<Identity, 'id' | 'name'>, caller: Caller, method: string): Promise<string> {
  return transaction(async (tx) => {
    const sessionId = await openSession(tx, { userId: user.id, userAgent: caller.userAgent });
    await insertAuditEntry(tx, {
      actor: { kind: 'user', id: user.id, name: user.name },
      projectId: null,
      action: 'session.started',
      target: { type: 'person', id: user.id, name: user.name },
      details: { method, address: caller.address, userAgent: caller.userAgent.slice(0, 300) },
    });
    return sessionId;
  });
}
