import { describe, expect, test } from 'vitest';
import { hashPassword } from '#server/auth/password.ts';
import { findSession, openSession } from '#server/auth/session.ts';
import { checkPassword } from '#server/auth/sign-in.ts';
import { createSetupLink } from '#server/features/people/links.service.ts';
import { db } from '#server/platform/db/client.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createMember, createProject, createUser } from '#server/testing/factories.ts';
import { createInnerContext } from '#server/trpc/context.ts';
import { createCaller } from '#server/trpc/root.ts';

const PASSWORD = 'violet-hammer-42';
const nobody = callerFor(null);
const tokenOf = (path: string) => path.replace('/invite/', '');
const signIn = (email: string, password = PASSWORD) => checkPassword({ email, password, address: '' });

describe('the first administrator', () => {
  test('is made by the newest set-up link only, once', async () => {
    const older = await createSetupLink();
    const link = await createSetupLink();
    const token = tokenOf(link?.path ?? '');
    expect(await nobody.people.readLink({ token })).toMatchObject({ kind: 'setup', state: 'open', isAdmin: true, email: null });
    const who = { email: 'Boss@Example.org', name: 'Boss', password: PASSWORD };
    await expect(nobody.people.takeLink({ token: tokenOf(older?.path ?? ''), ...who })).rejects.toThrow(/replaced by a newer/);
    await expect(nobody.people.takeLink({ token, ...who, password: 'short' })).rejects.toThrow(/at least 10/);
    const results = await Promise.allSettled([
      nobody.people.takeLink({ token, ...who }),
      nobody.people.takeLink({ token, ...who }),
    ]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await signIn('boss@example.org')).toMatchObject({ ok: true, user: { isAdmin: true } });
    expect(await nobody.people.readLink({ token })).toMatchObject({ state: 'used' });
    expect(await createSetupLink()).toBeNull();
    await expect(nobody.people.readLink({ token: 'sl_never-made-this' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('invitations', () => {
  test('a new person joins every project that waits for the e-mail', async () => {
    const [one, two] = [await createProject(), await createProject()];
    const invite = async (project: typeof one, role: 'annotator' | 'reviewer') => {
      const admin = callerFor(await createMember(project, 'admin'));
      const result = await admin.projects.members.add({ project: project.name, email: 'anna@example.org', role });
      return result.outcome === 'invited' ? tokenOf(result.path) : '';
    };
    const first = await invite(one, 'annotator');
    const second = await invite(two, 'reviewer');
    expect(await nobody.people.readLink({ token: first })).toMatchObject({
      email: 'anna@example.org',
      project: one.title,
      role: 'annotator',
    });
    await expect(nobody.people.takeLink({ token: first, password: PASSWORD })).rejects.toThrow(/name/);
    await nobody.people.takeLink({ token: first, password: PASSWORD, name: 'Anna', email: 'other@example.org' });
    const result = await signIn('anna@example.org');
    expect(result.ok).toBe(true);
    const anna = await db.user.findUniqueOrThrow({ where: { email: 'anna@example.org' } });
    expect((await callerFor(anna).projects.mine()).projects.map((p) => p.role).sort()).toEqual(['annotator', 'reviewer']);
    await expect(nobody.people.takeLink({ token: second, password: PASSWORD, name: 'Anna' })).rejects.toThrow(/used already/);
  });

  test('an invitation that was taken back or has expired is refused', async () => {
    const boss = callerFor(await createUser({ isAdmin: true }));
    const { path } = await boss.people.invite({ email: 'gone@example.org' });
    const [invite] = (await boss.people.invites()).invites.filter((row) => row.email === 'gone@example.org');
    await boss.people.revokeInvite({ id: invite?.id ?? '' });
    await expect(nobody.people.takeLink({ token: tokenOf(path), password: PASSWORD, name: 'G' })).rejects.toThrow(/taken back/);
    const late = await boss.people.invite({ email: 'late@example.org' });
    await db.oneTimeLink.updateMany({ where: { email: 'late@example.org' }, data: { expiresAt: new Date(0) } });
    await expect(nobody.people.takeLink({ token: tokenOf(late.path), password: PASSWORD, name: 'L' })).rejects.toThrow(/expired/);
  });
});

describe('an administrator', () => {
  test('resets a password by a link that ends all sessions', async () => {
    const boss = callerFor(await createUser({ isAdmin: true }));
    const person = await createUser({ passwordHash: await hashPassword('old-password-17') });
    const sessionId = await openSession(db, { userId: person.id, userAgent: '' });
    const { path } = await boss.people.createResetLink({ userId: person.id });
    expect(await nobody.people.readLink({ token: tokenOf(path) })).toMatchObject({
      kind: 'reset',
      email: person.email,
      name: person.name,
    });
    expect(await nobody.people.takeLink({ token: tokenOf(path), password: PASSWORD })).toEqual({ email: person.email });
    expect(await findSession(sessionId)).toBeNull();
    expect((await signIn(person.email, 'old-password-17')).ok).toBe(false);
    expect((await signIn(person.email)).ok).toBe(true);
  });

  test('deactivates a person: sessions end, sign-in is refused, tokens go on unless wished', async () => {
    const boss = callerFor(await createUser({ isAdmin: true }));
    const project = await createProject();
    const person = await createMember(project, 'scientist', await createUser({ passwordHash: await hashPassword(PASSWORD) }));
    await callerFor(person).projects.tokens.create({
      project: project.name,
      name: 'mine',
      scopes: ['predict'],
      expiresInDays: 9,
    });
    const sessionId = await openSession(db, { userId: person.id, userAgent: '' });
    const row = async () => (await boss.people.list()).people.find((p) => p.id === person.id);
    expect(await row()).toMatchObject({
      openSessions: 1,
      liveTokens: 1,
      signIn: 'password',
      projects: [{ name: project.name, role: 'scientist' }],
    });
    expect(await boss.people.deactivate({ userId: person.id, revokeTokens: false, reason: 'left' })).toEqual({
      sessionsEnded: 1,
      tokensRevoked: 0,
    });
    expect(await findSession(sessionId)).toBeNull();
    expect(await signIn(person.email)).toEqual({ ok: false, reason: 'deactivated' });
    expect(await signIn(person.email, 'wrong-password')).toEqual({ ok: false, reason: 'wrong' });
    expect(await row()).toMatchObject({ liveTokens: 1, deactivatedAt: expect.any(Date) });
    await boss.people.reactivate({ userId: person.id });
    expect((await signIn(person.email)).ok).toBe(true);
    expect(await boss.people.deactivate({ userId: person.id, revokeTokens: true })).toMatchObject({ tokensRevoked: 1 });
    expect(await row()).toMatchObject({ liveTokens: 0 });
  });

  test('can neither leave the installation without one nor act on themselves', async () => {
    await db.user.updateMany({ data: { isAdmin: false } });
    const only = await createUser({ isAdmin: true });
    await expect(callerFor(only).people.setAdministrator({ userId: only.id, isAdmin: false })).rejects.toThrow(
      /last administrator/,
    );
    const second = await createUser();
    await callerFor(only).people.setAdministrator({ userId: second.id, isAdmin: true });
    await expect(callerFor(only).people.deactivate({ userId: only.id, revokeTokens: false })).rejects.toThrow(/yourself/);
    await callerFor({ ...second, isAdmin: true }).people.setAdministrator({ userId: only.id, isAdmin: false });
    await expect(callerFor(second).people.list()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('my account', () => {
  test('lists my sessions, ends one or all others, never somebody else’s', async () => {
    const [me, other] = [await createUser(), await createUser()];
    const [here, there, theirs] = await Promise.all(
      [me, me, other].map((user) => openSession(db, { userId: user.id, userAgent: 'curl/8' })),
    );
    const caller = createCaller(createInnerContext({ actor: { kind: 'user', ...me }, sessionId: here ?? null }));
    const { sessions } = await caller.people.account.sessions();
    expect(sessions.map((session) => [session.id, session.current]).sort()).toEqual(
      [
        [here, true],
        [there, false],
      ].sort(),
    );
    await expect(caller.people.account.endSession({ id: theirs ?? '' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await caller.people.account.endOtherSessions()).toEqual({ sessionsEnded: 1 });
    expect(await findSession(there ?? '')).toBeNull();
    expect(await findSession(here ?? '')).toMatchObject({ actor: { id: me.id } });
  });

  test('changes my password with the present one, and ends my other sessions', async () => {
    const me = await createUser({ passwordHash: await hashPassword('old-password-17') });
    const here = await openSession(db, { userId: me.id, userAgent: '' });
    const there = await openSession(db, { userId: me.id, userAgent: '' });
    const { account } = createCaller(createInnerContext({ actor: { kind: 'user', ...me }, sessionId: here })).people;
    await expect(account.changePassword({ current: 'wrong', next: PASSWORD })).rejects.toThrow(/current password is wrong/);
    await expect(account.changePassword({ current: 'old-password-17', next: 'short' })).rejects.toThrow(/at least 10/);
    expect(await account.changePassword({ current: 'old-password-17', next: PASSWORD })).toEqual({ sessionsEnded: 1 });
    expect([await findSession(here), await findSession(there)].map(Boolean)).toEqual([true, false]);
    await account.rename({ name: 'New Name' });
    expect(await account.me()).toMatchObject({ name: 'New Name', hasPassword: true });
  });
});
