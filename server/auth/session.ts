import { createHmac } from 'node:crypto';
import { decode } from 'next-auth/jwt';
import type { Actor } from '#server/auth/actor.ts';
import { readCookie, sessionCookieName } from '#server/auth/cookies.ts';
import { findLiveSession, insertSession, touchSession } from '#server/auth/session.repo.ts';
import { log } from '#server/log.ts';
import { appSecret } from '#server/platform/crypto/secret.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db } from '#server/platform/db/client.ts';

/** A session ends this long after its sign-in, whatever is done in it. */
export const SESSION_SECONDS = 14 * 24 * 3600;
const TOUCH_EVERY_MS = 60_000;

export type ResolvedSession = { actor: Actor & { kind: 'user'; id: string }; sessionId: string; email: string };

/** The key of session cookies, derived so that the application's secret itself signs nothing. */
export function sessionSecret(): string {
  return createHmac('sha256', appSecret()).update('stagecraft session cookies').digest('hex');
}

/**
 * Who sends this request, by its session cookie. The cookie only names a row: a session that was revoked, has expired
 * or whose person was deactivated is nobody's from the next request on.
 */
export async function resolveSession(headers: Headers): Promise<ResolvedSession | null> {
  const cookie = readCookie(headers.get('cookie'), sessionCookieName());
  if (!cookie) return null;
  const sessionId = await sessionIdOf(cookie);
  return sessionId ? findSession(sessionId) : null;
}

/** The person behind a session id, if the session is still good. */
export async function findSession(sessionId: string, now: Date = new Date()): Promise<ResolvedSession | null> {
  const session = await findLiveSession(db, sessionId, now);
  if (!session) return null;
  if (now.getTime() - session.lastSeenAt.getTime() > TOUCH_EVERY_MS) {
    touchSession(db, sessionId, now).catch((error: unknown) => log.warn({ part: 'auth', err: error }, 'session not touched'));
  }
  const { id, name, email, isAdmin } = session.user;
  return { actor: { kind: 'user', id, name, isAdmin }, sessionId, email };
}

/** Opens a session for a person who has just proved who they are. */
export async function openSession(tx: Tx, o: { userId: string; userAgent: string }, now: Date = new Date()): Promise<string> {
  const expiresAt = new Date(now.getTime() + SESSION_SECONDS * 1000);
  const { id } = await insertSession(tx, { userId: o.userId, userAgent: o.userAgent.slice(0, 300), expiresAt });
  return id;
}

async function sessionIdOf(cookie: string): Promise<string | null> {
  try {
    const token = await decode({ token: cookie, secret: sessionSecret() });
    return typeof token?.sid === 'string' && isUuid(token.sid) ? token.sid : null;
  } catch {
    return null;
  }
}

function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}
