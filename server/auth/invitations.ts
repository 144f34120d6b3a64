import { insertAuditEntry } from '#server/auth/audit-entry.repo.ts';
import type { OneTimeLink } from '#server/auth/one-time-link.repo.ts';
import { findOpenInvites, insertMemberIfNone, spendLink } from '#server/auth/one-time-link.repo.ts';
import type { Identity } from '#server/auth/user.repo.ts';
import { insertUser } from '#server/auth/user.repo.ts';
import type { Tx } from '#server/platform/db/client.ts';

/**
 * Makes the person whom open invitations name, with every membership that waits for this e-mail. Returns null when
 * none is open any more.
 */
export async function takeInvitations(
  tx: Tx,
  o: { email: string; name: string; passwordHash: string | null; oidcSubject?: string },
  now: Date,
): Promise<Identity | null> {
  const taken: OneTimeLink[] = [];
  for (const invite of await findOpenInvites(tx, o.email, now)) {
    if (await spendLink(tx, invite.id, now)) taken.push(invite);
  }
  if (taken.length === 0) return null;
  const user = await insertUser(tx, { ...o, isAdmin: taken.some((invite) => invite.isAdmin) });
  for (const invite of taken) await joinProject(tx, invite, user);
  await insertAuditEntry(tx, {
    actor: { kind: 'user', id: user.id, name: user.name },
    projectId: null,
    action: 'person.joined',
    target: { type: 'person', id: user.id, name: user.name },
    details: { email: user.email, administrator: user.isAdmin, by: o.oidcSubject ? 'single sign-on' : 'invitation' },
  });
  return user;
}

async function joinProject(tx: Tx, invite: OneTimeLink, user: Identity): Promise<void> {
  if (!invite.projectId || !invite.role) return;
  await insertMemberIfNone(tx, { projectId: invite.projectId, userId: user.id, role: invite.role });
  await insertAuditEntry(tx, {
    actor: { kind: 'user', id: user.id, name: user.name },
    projectId: invite.projectId,
    action: 'member.joined',
    target: { type: 'person', id: user.id, name: user.name },
    details: { role: invite.role, by: 'invitation' },
  });
}
