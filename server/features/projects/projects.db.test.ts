import { describe, expect, test } from 'vitest';
import { findTokenByHash, listActiveTokens, recordTokenUse, tokenScope } from '#server/auth/tokens.ts';
import { hashToken } from '#server/platform/crypto/tokens.ts';
import { db } from '#server/platform/db/client.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createMember, createProject, createUser } from '#server/testing/factories.ts';

describe('projects', () => {
  test('an administrator makes one, becomes its admin, and the name is taken', async () => {
    const boss = await createUser({ isAdmin: true });
    const caller = callerFor(boss);
    await caller.projects.create({ name: 'mail-team', title: 'Mail' });
    expect(await caller.projects.get({ project: 'mail-team' })).toMatchObject({
      title: 'Mail',
      role: 'admin',
      archived: false,
      version: 1,
    });
    await expect(caller.projects.create({ name: 'mail-team', title: 'Other' })).rejects.toThrow(/mail-team already/);
    await expect(callerFor(await createUser()).projects.create({ name: 'x1', title: 'X' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  test('a stranger finds nothing, a member finds theirs, an administrator all', async () => {
    const project = await createProject();
    const member = await createMember(project, 'annotator');
    const stranger = await createUser();
    const boss = await createUser({ isAdmin: true });
    await expect(callerFor(stranger).projects.get({ project: project.name })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await callerFor(stranger).projects.mine()).projects).toEqual([]);
    expect((await callerFor(member).projects.mine()).projects).toEqual([
      { name: project.name, title: project.title, role: 'annotator', archived: false },
    ]);
    expect((await callerFor(boss).projects.mine()).projects.map((p) => p.name)).toContain(project.name);
    expect((await callerFor(boss).projects.get({ project: project.name })).role).toBe('admin');
  });

  test('an archived project can be read but not changed, and a stale version is refused', async () => {
    const project = await createProject();
    const admin = await createMember(project, 'admin');
    const boss = callerFor(await createUser({ isAdmin: true }));
    await callerFor(admin).projects.rename({ project: project.name, title: 'New title', version: 1 });
    await expect(boss.projects.archive({ name: project.name, version: 1 })).rejects.toThrow(/titled "New title"/);
    await boss.projects.archive({ name: project.name, version: 2, reason: 'done' });
    expect(await callerFor(admin).projects.get({ project: project.name })).toMatchObject({
      archived: true,
      scopes: ['project:read', 'audit:read'],
    });
    await expect(callerFor(admin).projects.rename({ project: project.name, title: 'X', version: 3 })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await boss.projects.unarchive({ name: project.name, version: 3 });
    expect((await callerFor(admin).projects.get({ project: project.name })).archived).toBe(false);
    const { entries } = await callerFor(admin).audit.list({ project: project.name, target: project.id });
    expect(entries.map((entry) => entry.action)).toEqual(['project.unarchived', 'project.archived', 'project.renamed']);
    expect(entries[1]?.reason).toBe('done');
  });
});

describe('members', () => {
  test('somebody who is here is added at once, somebody who is not gets a link', async () => {
    const project = await createProject();
    const admin = callerFor(await createMember(project, 'admin'));
    const person = await createUser();
    const at = { project: project.name };
    expect(await admin.projects.members.add({ ...at, email: person.email.toUpperCase(), role: 'reviewer' })).toEqual({
      outcome: 'added',
      name: person.name,
    });
    await expect(admin.projects.members.add({ ...at, email: person.email, role: 'manager' })).rejects.toThrow(
      /is reviewer here already/,
    );
    const invited = await admin.projects.members.add({ ...at, email: 'New@Example.org', role: 'annotator' });
    expect(invited).toMatchObject({
      outcome: 'invited',
      email: 'new@example.org',
      path: expect.stringMatching(/^\/invite\/sl_/),
    });
    const { invites } = await admin.projects.members.invites(at);
    expect(invites).toMatchObject([{ email: 'new@example.org', role: 'annotator' }]);
    await admin.projects.members.revokeInvite({ ...at, id: invites[0]?.id ?? '' });
    expect((await admin.projects.members.invites(at)).invites).toEqual([]);
  });

  test('a role is changed only as it was seen, and the last admin stays', async () => {
    const project = await createProject();
    const first = await createMember(project, 'admin');
    const other = await createMember(project, 'scientist');
    const admin = callerFor(first);
    const at = { project: project.name };
    await expect(
      admin.projects.members.changeRole({ ...at, userId: first.id, role: 'manager', expected: 'admin' }),
    ).rejects.toThrow(/last admin/);
    await expect(admin.projects.members.remove({ ...at, userId: first.id, expected: 'admin' })).rejects.toThrow(/last admin/);
    await admin.projects.members.changeRole({ ...at, userId: other.id, role: 'admin', expected: 'scientist' });
    await expect(
      admin.projects.members.changeRole({ ...at, userId: other.id, role: 'manager', expected: 'scientist' }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await admin.projects.members.remove({ ...at, userId: other.id, expected: 'admin' });
    expect((await admin.projects.members.list(at)).members.map((member) => member.name)).toEqual([first.name]);
    await expect(callerFor(other).projects.get(at)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('two admins who demote each other at once leave one', async () => {
    const project = await createProject();
    const [a, b] = [await createMember(project, 'admin'), await createMember(project, 'admin')];
    const change = (by: typeof a, on: typeof a) =>
      callerFor(by).projects.members.changeRole({ project: project.name, userId: on.id, role: 'manager', expected: 'admin' });
    const results = await Promise.allSettled([change(a, b), change(b, a)]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await db.member.count({ where: { projectId: project.id, role: 'admin' } })).toBe(1);
  });
});

describe('tokens', () => {
  test('a token is shown once, kept as a hash, found by it, and ends when revoked', async () => {
    const project = await createProject();
    const caller = callerFor(await createMember(project, 'scientist'));
    const at = { project: project.name };
    const made = await caller.projects.tokens.create({
      ...at,
      name: 'player',
      scopes: ['predict', 'outcome:write'],
      expiresInDays: 30,
    });
    expect(made.token).toMatch(/^sc_[\w-]{43}$/);
    const listed = await caller.projects.tokens.list(at);
    expect(JSON.stringify(listed)).not.toContain(made.token);
    expect(JSON.stringify(listed)).not.toContain(hashToken(made.token));
    expect(listed.tokens).toMatchObject([{ name: 'player', state: 'active', lastUsedAt: null, prefix: made.token.slice(0, 9) }]);

    const found = await findTokenByHash(hashToken(made.token));
    expect(found).toMatchObject({ id: made.id, projectName: project.name, scopes: ['predict', 'outcome:write'] });
    expect([...tokenScope(found as NonNullable<typeof found>).scopes]).toEqual(['predict', 'outcome:write']);
    const [late, early] = [new Date('2026-05-02'), new Date('2026-05-01')];
    await recordTokenUse([{ id: made.id, at: late }]);
    await recordTokenUse([{ id: made.id, at: early }]);
    expect((await caller.projects.tokens.list(at)).tokens[0]?.lastUsedAt).toEqual(late);

    await caller.projects.tokens.revoke({ ...at, id: made.id });
    await caller.projects.tokens.revoke({ ...at, id: made.id });
    expect(await findTokenByHash(hashToken(made.token))).toBeNull();
    expect((await listActiveTokens()).map((token) => token.id)).not.toContain(made.id);
  });

  test('expired tokens and tokens of archived projects are not active', async () => {
    const project = await createProject();
    const caller = callerFor(await createMember(project, 'admin'));
    const made = await caller.projects.tokens.create({ project: project.name, name: 'p', scopes: ['predict'], expiresInDays: 1 });
    const ids = async (now?: Date) => (await listActiveTokens(now)).map((token) => token.id);
    expect(await ids()).toContain(made.id);
    expect(await ids(new Date(Date.now() + 2 * 86_400_000))).not.toContain(made.id);
    await db.project.update({ where: { id: project.id }, data: { archivedAt: new Date() } });
    expect(await ids()).not.toContain(made.id);
    expect(await findTokenByHash(hashToken(made.token))).toBeNull();
  });

  test('another project’s token can’t be ended from here', async () => {
    const [mine, theirs] = [await createProject(), await createProject()];
    const made = await callerFor(await createMember(theirs, 'admin')).projects.tokens.create({
      project: theirs.name,
      name: 'p',
      scopes: ['predict'],
      expiresInDays: 1,
    });
    const caller = callerFor(await createMember(mine, 'admin'));
    await expect(caller.projects.tokens.revoke({ project: mine.name, id: made.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
