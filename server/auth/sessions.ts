import { findOpenSessions, findSessionOwner, revokeSessions } from '#server/auth/session.repo.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db } from '#server/platform/db/client.ts';

/** Ends one session, whoever's it is: its person signs out. */
export async function revokeSession(sessionId: string, now: Date = new Date()): Promise<void> {
  const userId = await findSessionOwner(db, sessionId);
  if (userId) await revokeSessions(db, { userId, only: sessionId }, now);
}

/** Ends sessions of one person (all, one, or all but one); returns how many were open. */
export function endSessions(
  tx: Tx,
  where: { userId: string; only?: string; except?: string },
  now: Date = new Date(),
): Promise<number> {
  return revokeSessions(tx, where, now);
}

/** The open sessions of one person, the one used last first. */
export function listOpenSessions(tx: Tx, userId: string, now: Date = new Date()) {
  return findOpenSessions(tx, userId, now);
}
