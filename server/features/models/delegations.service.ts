import type { z } from 'zod';
import { type ProjectScope, personOf } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/errors.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { notify } from '#server/features/notifications/notifications.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { publish } from '#server/platform/events/events.ts';
import { isRunning } from './approval.policy.ts';
import type { DelegationView, delegateInput } from './approval.schema.ts';
import type { DelegationRow } from './approvals.repo.ts';
import { endDelegationRow, findDelegation, findDelegations, findPeople, insertDelegation } from './approvals.repo.ts';

const LONGEST_DAYS = 180;

/** All delegations of the project, those that are over too: who could decide for whom is part of the record. */
export async function listDelegations(scope: ProjectScope, now: Date = new Date()): Promise<DelegationView[]> {
  return (await findDelegations(db, scope, { now, all: true })).map((row) => toView(row, now)).reverse();
}

/**
 * Lets another person with the right to decide speak for the actor for a while.
 * @throws INVALID (oneself, no right to decide, times that don't fit), CONFLICT when it overlaps one that is there
 */
export async function delegate(
  scope: ProjectScope,
  input: z.infer<typeof delegateInput>,
  now: Date = new Date(),
): Promise<{ id: string }> {
  const me = personOf(scope.actor);
  if (input.toId === me.id) throw new DomainError('INVALID', 'Choose somebody else: you decide for yourself already.');
  if (input.endsAt <= input.startsAt || input.endsAt <= now) {
    throw new DomainError('INVALID', 'The last day lies before the first, or in the past.');
  }
  if (input.endsAt.getTime() - input.startsAt.getTime() > LONGEST_DAYS * 86_400_000) {
    throw new DomainError('INVALID', `For more than ${LONGEST_DAYS} days, give somebody the role instead.`);
  }
  return transaction(async (tx) => {
    const people = await findPeople(tx, scope, { hold: true });
    const to = people.find((person) => person.id === input.toId);
    if (!to) throw notFound('such member');
    if (!to.mayDecide) {
      throw new DomainError(
        'INVALID',
        `${to.name} (${to.role}) doesn’t hold the right to decide, so they can’t do it for you either.`,
      );
    }
    const others = await findDelegations(tx, scope, { now });
    const clash = others.find(
      (one) => one.fromId === me.id && one.toId === to.id && one.startsAt < input.endsAt && input.startsAt < one.endsAt,
    );
    if (clash) throw new DomainError('CONFLICT', `${to.name} decides for you in that time already. End that first.`);
    const row = await insertDelegation(tx, scope, { ...input, fromId: me.id, fromName: me.name, toName: to.name });
    await audit(tx, scope, row, 'approval.delegated', input.reason);
    await notify(tx, scope, {
      kind: 'approval.delegated',
      people: [to.id],
      title: `${me.name} lets you decide for them in ${scope.projectName}`,
      text: input.reason,
      href: `/${scope.projectName}/models/inbox`,
      data: { from: me.name, to: to.name, startsAt: input.startsAt, endsAt: input.endsAt },
    });
    return { id: row.id };
  });
}

/** Ends a delegation of one's own, or one that was given to oneself. @throws NOT_FOUND, FORBIDDEN, CONFLICT when it is over */
export async function endDelegation(scope: ProjectScope, id: string, now: Date = new Date()): Promise<void> {
  const me = personOf(scope.actor);
  await transaction(async (tx) => {
    const row = await findDelegation(tx, scope, id);
    if (!row) throw notFound('delegation');
    if (row.fromId !== me.id && row.toId !== me.id) {
      throw new DomainError('FORBIDDEN', `Only ${row.fromName} and ${row.toName} can end this.`);
    }
    if (!(await endDelegationRow(tx, scope, id, now))) throw new DomainError('CONFLICT', 'This delegation is over already.');
    await audit(tx, scope, row, 'approval.delegation-ended');
  });
}

async function audit(
  tx: Parameters<typeof recordAudit>[0],
  scope: ProjectScope,
  row: DelegationRow,
  action: string,
  reason?: string,
): Promise<void> {
  await recordAudit(tx, scope, {
    action,
    target: { type: 'delegation', id: row.id, name: `${row.fromName} to ${row.toName}` },
    reason,
    details: { from: row.fromId, to: row.toId, startsAt: row.startsAt, endsAt: row.endsAt },
  });
  await publish(tx, { projectId: scope.projectId, type: 'promotion.delegation', id: row.id });
}

function toView(row: DelegationRow, now: Date): DelegationView {
  const { id, fromId, fromName, toId, toName, startsAt, endsAt, reason, endedAt } = row;
  const state = isRunning(row, now) ? 'now' : endedAt === null && startsAt > now ? 'ahead' : 'over';
  return { id, fromId, fromName, toId, toName, startsAt, endsAt, reason, endedAt, state };
}
