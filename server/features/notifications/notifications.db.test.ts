import { describe, expect, test } from 'vitest';
import { db, transaction } from '#server/platform/db/client.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createMember, createProject, createScope, createUser, scopeFor } from '#server/testing/factories.ts';
import { type News, notify } from './notifications.service.ts';
import { sweepNotifications } from './sweep.service.ts';

const news = (o: Partial<News>): News => ({
  kind: 'promotion.requested',
  people: [],
  title: 'Sam asks to move spam-filter v4 to production',
  href: '/mail/models/requests/1',
  ...o,
});

describe('telling people', () => {
  test('those who may do something are told, but not who did it', async () => {
    const { project, scope, user } = await createScope('reviewer');
    const [other, scientist] = [await createMember(project, 'reviewer'), await createMember(project, 'scientist')];
    const gone = await createMember(project, 'reviewer', await createUser({ deactivatedAt: new Date() }));
    await transaction((tx) => notify(tx, scope, news({ people: { scope: 'promotion:decide' }, text: 'It is better.' })));
    const told = await db.notification.findMany({ where: { projectId: project.id }, select: { userId: true } });
    expect(told.map((one) => one.userId)).toEqual([other.id]);
    expect([user.id, scientist.id, gone.id]).not.toContain(other.id);
    const list = await callerFor(other).notifications.list({});
    expect(list).toMatchObject({
      unread: 1,
      next: null,
      notifications: [
        { title: news({}).title, text: 'It is better.', project: { name: project.name, title: project.title }, count: 1 },
      ],
    });
  });

  test('nobody hears of what was rolled back', async () => {
    const { project, scope } = await createScope('scientist');
    await createMember(project, 'reviewer');
    const lost = transaction(async (tx) => {
      await notify(tx, scope, news({ people: { role: 'reviewer' } }));
      throw new Error('changed my mind');
    });
    await expect(lost).rejects.toThrow('changed my mind');
    expect(await db.notification.count({ where: { projectId: project.id } })).toBe(0);
  });

  test('a stranger to the project is not told, an administrator of the installation is', async () => {
    const { project, scope } = await createScope('scientist');
    const [stranger, admin] = [await createUser(), await createUser({ isAdmin: true })];
    await notify(db, scope, news({ people: [stranger.id, admin.id] }));
    const told = await db.notification.findMany({ where: { projectId: project.id }, select: { userId: true } });
    expect(told).toEqual([{ userId: admin.id }]);
  });

  test('without a project the administrators are told', async () => {
    const admin = await createUser({ isAdmin: true });
    const place = { actor: { kind: 'system' as const, id: null, name: 'Stagecraft', isAdmin: false }, projectId: null };
    await notify(db, place, news({ kind: 'audit.tampered', people: { administrators: true }, href: '/admin/record' }));
    const { notifications } = await callerFor(admin).notifications.list({ only: 'unread' });
    expect(notifications[0]).toMatchObject({ kind: 'audit.tampered', project: null });
  });

  test('while unread, news of one group is one line; read, it begins anew', async () => {
    const { project, scope } = await createScope('scientist');
    const reader = await createMember(project, 'reviewer');
    const caller = callerFor(reader);
    const say = (title: string) => notify(db, scope, news({ people: [reader.id], groupKey: 'thread:1', title }));
    await say('first');
    await say('second');
    const [line] = (await caller.notifications.list({})).notifications;
    expect(line).toMatchObject({ title: 'second', count: 2 });
    expect(await caller.notifications.mark({ id: line?.id ?? '', read: true })).toEqual({ unread: 0 });
    await say('third');
    const after = await caller.notifications.list({});
    expect(after.notifications.map(({ title, count }) => [title, count])).toEqual([
      ['third', 1],
      ['second', 2],
    ]);
  });

  test('as each person has chosen for this kind', async () => {
    const { project, scope } = await createScope('scientist');
    const [quiet, usual] = [await createMember(project, 'reviewer'), await createMember(project, 'reviewer')];
    const caller = callerFor(quiet);
    await caller.notifications.setPreference({ kind: 'promotion.requested', inApp: false, mail: 'off' });
    const { preferences, mailWorks } = await caller.notifications.preferences();
    expect(mailWorks).toBe(false);
    expect(preferences.find((one) => one.kind === 'promotion.requested')).toMatchObject({ inApp: false, mail: 'off' });
    await notify(db, scope, news({ people: { role: 'reviewer' } }));
    expect(await caller.notifications.unread()).toEqual({ unread: 0 });
    expect(await callerFor(usual).notifications.unread()).toEqual({ unread: 1 });
  });

  test('two notifications at once of one new group are both there', async () => {
    const { project, scope } = await createScope('scientist');
    const reader = await createMember(project, 'reviewer');
    const say = () => transaction((tx) => notify(tx, scope, news({ people: [reader.id], groupKey: 'race' })));
    await Promise.all([say(), say(), say()]);
    const rows = await db.notification.findMany({ where: { userId: reader.id }, select: { count: true } });
    expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(3);
  });
});

describe('reading', () => {
  test('is paged, newest first, and never shows what is somebody else’s', async () => {
    const { project, scope } = await createScope('scientist');
    const [reader, other] = [await createMember(project, 'reviewer'), await createMember(project, 'reviewer')];
    for (let i = 0; i < 5; i += 1) {
      await notify(db, scope, news({ people: [reader.id], title: `n${i}` }), new Date(Date.UTC(2026, 0, 1, 0, 0, i)));
    }
    const caller = callerFor(reader);
    const first = await caller.notifications.list({ limit: 2 });
    const second = await caller.notifications.list({ limit: 3, cursor: first.next });
    expect([...first.notifications, ...second.notifications].map((one) => one.title)).toEqual(['n4', 'n3', 'n2', 'n1', 'n0']);
    expect(second.next).toBeNull();
    const foreign = first.notifications[0]?.id ?? '';
    await expect(callerFor(other).notifications.mark({ id: foreign, read: true })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await caller.notifications.markAll()).toEqual({ unread: 0 });
    expect((await caller.notifications.list({ only: 'unread' })).notifications).toEqual([]);
  });

  test('what was read long ago is removed', async () => {
    const project = await createProject();
    const reader = await createMember(project, 'reviewer');
    const scope = scopeFor(project, await createMember(project, 'scientist'), 'scientist');
    const old = new Date('2026-01-01');
    await notify(db, scope, news({ people: [reader.id], title: 'old' }), old);
    await notify(db, scope, news({ people: [reader.id], title: 'unread' }), old);
    await db.notification.updateMany({ where: { userId: reader.id, title: 'old' }, data: { readAt: old } });
    await sweepNotifications(new Date('2026-06-01'));
    const left = await db.notification.findMany({ where: { userId: reader.id }, select: { title: true } });
    expect(left).toEqual([{ title: 'unread' }]);
  });
});
