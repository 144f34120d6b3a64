import type { ProjectScope } from '#server/auth/actor.ts';
import { normalizeEmail } from '#server/auth/email.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { createInvite, findPersonByEmail, listInvites, revokeInvite } from '#server/features/people/invites.service.ts';
import { assertAdminRemains, assertRoleAsSeen } from '#server/features/projects/members.policy.ts';
import type { MemberRow } from '#server/features/projects/members.repo.ts';
import {
  deleteMember,
  findAdminIds,
  findMember,
  findMembers,
  insertMember,
  lockMembers,
  updateMemberRole,
} from '#server/features/projects/members.repo.ts';
import type { AddMemberInput, ChangeRoleInput, RemoveMemberInput } from '#server/features/projects/members.schema.ts';
import { toMember } from '#server/features/projects/members.view.ts';
import type { Tx } from '#server/platform/db/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';

/** The people of a project, by name. */
export async function listMembers(scope: ProjectScope) {
  return { members: (await findMembers(db, scope)).map(toMember) };
}

/** Invitations into this project that wait to be taken. */
export async function listMemberInvites(scope: ProjectScope) {
  return { invites: await listInvites(db, { projectId: scope.projectId }) };
}

/** Makes somebody of a fresh project its admin. */
export async function addFirstMember(tx: Tx, row: { projectId: string; userId: string }): Promise<void> {
  await insertMember(tx, { ...row, role: 'admin' });
}

/**
 * Adds a person by e-mail: at once when they are here already, else by an invitation whose link is in the answer.
 * @throws DomainError CONFLICT for a member, INVALID for a person who was deactivated
 */
export async function addMember(scope: ProjectScope, input: AddMemberInput) {
  const email = normalizeEmail(input.email);
  return transaction(async (tx) => {
    const person = await findPersonByEmail(tx, email);
    if (!person) {
      const { path, expiresAt } = await createInvite(tx, scope.actor, { email, projectId: scope.projectId, role: input.role });
      return { outcome: 'invited' as const, email, path, expiresAt };
    }
    if (person.deactivatedAt) {
      throw new DomainError(
        'INVALID',
        `${person.name} was deactivated. An administrator can reactivate them; then add them here.`,
      );
    }
    const present = await findMember(tx, scope, person.id);
    if (present)
      throw new DomainError('CONFLICT', `${person.name} is ${present.role} here already. Change the role in the list.`);
    await insertMember(tx, { projectId: scope.projectId, userId: person.id, role: input.role });
    await recordAudit(tx, scope, {
      action: 'member.added',
      target: { type: 'person', id: person.id, name: person.name },
      details: { role: input.role },
    });
    await announce(tx, scope, person.id);
    return { outcome: 'added' as const, name: person.name };
  });
}

/** @throws DomainError CONFLICT when the role was changed meanwhile, or the last admin would be gone */
export async function changeRole(scope: ProjectScope, input: ChangeRoleInput): Promise<void> {
  await transaction(async (tx) => {
    const found = await lockedMember(tx, scope, input);
    if (found.role === input.role) return;
    assertAdminRemains({
      userId: input.userId,
      name: found.user.name,
      after: input.role,
      adminIds: await findAdminIds(tx, scope),
    });
    await updateMemberRole(tx, scope, input.userId, input.role);
    await recordAudit(tx, scope, {
      action: 'member.role_changed',
      target: { type: 'person', id: input.userId, name: found.user.name },
      details: { from: found.role, to: input.role },
    });
    await announce(tx, scope, input.userId);
  });
}

/** @throws DomainError CONFLICT when the role was changed meanwhile, or the last admin would be gone */
export async function removeMember(scope: ProjectScope, input: RemoveMemberInput): Promise<void> {
  await transaction(async (tx) => {
    const found = await lockedMember(tx, scope, input);
    assertAdminRemains({ userId: input.userId, name: found.user.name, after: null, adminIds: await findAdminIds(tx, scope) });
    await deleteMember(tx, scope, input.userId);
    await recordAudit(tx, scope, {
      action: 'member.removed',
      target: { type: 'person', id: input.userId, name: found.user.name },
      details: { role: found.role },
    });
    await announce(tx, scope, input.userId);
  });
}

/** Takes back an invitation into this project. */
export async function revokeMemberInvite(scope: ProjectScope, id: string): Promise<void> {
  await transaction((tx) => revokeInvite(tx, scope.actor, { id, projectId: scope.projectId }));
}

async function lockedMember(
  tx: Tx,
  scope: ProjectScope,
  o: { userId: string; expected: ChangeRoleInput['expected'] },
): Promise<MemberRow> {
  await lockMembers(tx, scope);
  const found = await findMember(tx, scope, o.userId);
  if (!found) throw notFound('member');
  assertRoleAsSeen({ name: found.user.name, expected: o.expected, current: found.role });
  return found;
}

async function announce(tx: Tx, scope: ProjectScope, userId: string): Promise<void> {
  await publish(tx, { projectId: scope.projectId, type: 'member.changed', id: userId });
}
