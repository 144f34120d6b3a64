import { describe, expect, test } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { recordAudit } from '#server/features/audit/audit.service.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createMember, createProject, createScope, createUser, scopeFor } from '#server/testing/factories.ts';

async function write(scope: ProjectScope, action: string, name = 'thing', reason?: string): Promise<void> {
  await transaction((tx) =>
    recordAudit(tx, scope, {
      action,
      target: { type: 'dataset', id: `id-${name}`, name },
      reason,
      details: { at: new Date(0), gone: undefined },
    }),
  );
}

test('the database refuses to change, delete or empty the record', async () => {
  const { scope } = await createScope('admin');
  await write(scope, 'dataset.created');
  const refused = /append-only|permission denied/;
  await expect(db.auditEntry.updateMany({ data: { reason: 'x' } })).rejects.toThrow(refused);
  await expect(db.auditEntry.deleteMany({ where: { projectId: scope.projectId } })).rejects.toThrow(refused);
  await expect(db.$executeRaw`truncate audit_entry`).rejects.toThrow(refused);
  expect(await db.auditEntry.count({ where: { projectId: scope.projectId } })).toBe(1);
});

test('an act that fails leaves no record', async () => {
  const { scope } = await createScope('admin');
  const failing = transaction(async (tx) => {
    await recordAudit(tx, scope, { action: 'x.y', target: { type: 'x', id: '1', name: 'x' } });
    throw new Error('after all');
  });
  await expect(failing).rejects.toThrow('after all');
  expect(await db.auditEntry.count({ where: { projectId: scope.projectId } })).toBe(0);
});

describe('the list', () => {
  test('goes page by page, newest first, without gap or repetition', async () => {
    const { scope, user, project } = await createScope('manager');
    for (let i = 0; i < 25; i += 1) await write(scope, 'dataset.created', `d${i}`);
    const seen: string[] = [];
    let cursor: { at: Date; id: string } | null = null;
    do {
      const page: Awaited<ReturnType<ReturnType<typeof callerFor>['audit']['list']>> = await callerFor(user).audit.list({
        project: project.name,
        limit: 10,
        cursor,
      });
      seen.push(...page.entries.map((entry) => entry.target.name));
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `d${24 - i}`));
  });

  test('filters by actor, act, target and time', async () => {
    const { scope, user, project } = await createScope('admin');
    const other = scopeFor(project, await createMember(project, 'scientist'), 'scientist');
    await write(scope, 'promotion.approved', 'spam-filter v1', 'All gates hold.');
    await write(scope, 'promotion.refused', 'spam-filter v2');
    await write(other, 'dataset.created', 'mail');
    const list = async (filter: object) =>
      (await callerFor(user).audit.list({ project: project.name, ...filter })).entries.map((entry) => entry.action);
    expect(await list({ actor: other.actor.name })).toEqual(['dataset.created']);
    expect(await list({ action: 'promotion.' })).toEqual(['promotion.refused', 'promotion.approved']);
    expect(await list({ action: 'promotion.approved' })).toEqual(['promotion.approved']);
    expect(await list({ target: 'SPAM' })).toHaveLength(2);
    expect(await list({ target: 'id-mail' })).toEqual(['dataset.created']);
    expect(await list({ targetType: 'model' })).toEqual([]);
    expect(await list({ to: new Date(Date.now() - 60_000) })).toEqual([]);
    expect(await list({ from: new Date(Date.now() - 60_000) })).toHaveLength(3);
    const facets = await callerFor(user).audit.facets({ project: project.name });
    expect(facets).toEqual({
      actors: [user.name, other.actor.name].sort(),
      actions: ['dataset.created', 'promotion.approved', 'promotion.refused'],
    });
    const [entry] = (await callerFor(user).audit.list({ project: project.name, action: 'promotion.approved' })).entries;
    expect(entry).toMatchObject({
      reason: 'All gates hold.',
      actor: { kind: 'user', name: user.name },
      details: { at: '1970-01-01T00:00:00.000Z' },
    });
  });

  test('one project’s record is nobody else’s; the installation’s is for administrators', async () => {
    const a = await createScope('admin');
    const b = await createScope('admin');
    await write(a.scope, 'dataset.created', 'secret');
    expect((await callerFor(b.user).audit.list({ project: b.project.name })).entries).toEqual([]);
    await expect(callerFor(b.user).audit.list({ project: a.project.name })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(callerFor(b.user).audit.installation({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const boss = await createUser({ isAdmin: true });
    await callerFor(boss).people.invite({ email: 'x@example.org' });
    expect((await callerFor(boss).audit.installation({ action: 'person.' })).entries[0]).toMatchObject({
      action: 'person.invited',
      target: { name: 'x@example.org' },
    });
    expect((await callerFor(await createMember(await createProject(), 'manager')).projects.mine()).projects).toHaveLength(1);
  });
});
