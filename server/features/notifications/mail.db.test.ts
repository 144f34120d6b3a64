import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { config } from '#server/config.ts';
import { db } from '#server/platform/db/client.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createMember, createScope, createUser, type TestUser } from '#server/testing/factories.ts';
import { closeMailReceivers, startMailReceiver } from '#server/testing/mail-receiver.ts';
import { MAIL_TRIES } from './backoff.policy.ts';
import { mailServer } from './mail-server.service.ts';
import { sendMail } from './mail-transport.service.ts';
import { mailOfTest } from './mail-words.view.ts';
import { notify } from './notifications.service.ts';
import { queueDigests, sendOne } from './sending.service.ts';

/** Of localhost and 127.0.0.1, signed by itself. */
const CERTIFICATE = {
  cert: readFileSync('server/gateway/fixtures/localhost-cert.pem', 'utf8'),
  key: readFileSync('server/gateway/fixtures/localhost-key.pem', 'utf8'),
};
const PASSWORD = 'a-password-nobody-may-read';
const settings = {
  version: 0,
  host: '127.0.0.1',
  port: 25,
  security: 'none' as const,
  user: '',
  from: 'Stagecraft <box@example.test>',
};

let admin: ReturnType<typeof callerFor>;
beforeEach(async () => {
  admin = callerFor(await createUser({ isAdmin: true, name: 'Ada' }));
});
afterEach(async () => {
  await closeMailReceivers();
  await db.mailSetting.deleteMany();
  await db.mailMessage.deleteMany();
  await db.notification.deleteMany();
});

async function told(o: { mail?: 'now' | 'daily'; times?: number; groupKey?: string } = {}): Promise<TestUser> {
  const { project, scope } = await createScope('scientist');
  const reader = await createMember(project, 'reviewer');
  if (o.mail) await callerFor(reader).notifications.setPreference({ kind: 'promotion.requested', inApp: true, mail: o.mail });
  for (let i = 1; i <= (o.times ?? 1); i += 1) {
    await notify(db, scope, {
      kind: 'promotion.requested',
      people: [reader.id],
      title: `Request ${i} <b>&`,
      text: 'It is better.',
      href: `/${project.name}/models/requests/${i}`,
      ...(o.groupKey ? { groupKey: o.groupKey } : {}),
    });
  }
  return reader;
}

const waiting = () => db.mailMessage.findMany({ where: { status: 'queued' }, orderBy: { createdAt: 'asc' } });

describe('the settings', () => {
  test('are an administrator’s; the password is encrypted and never comes back', async () => {
    const { user } = await createScope('admin');
    await expect(callerFor(user).mail.get()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const saved = await admin.mail.save({ ...settings, host: 'mail.example.test', user: 'stagecraft', password: PASSWORD });
    expect(saved).toMatchObject({ version: 1, server: { host: 'mail.example.test', hasPassword: true, source: 'settings' } });
    const stored = JSON.stringify(await db.mailSetting.findMany());
    const record = JSON.stringify(await db.auditEntry.findMany({ where: { targetType: 'mail' } }));
    for (const text of [JSON.stringify(saved), stored, record]) expect(text).not.toContain(PASSWORD);
    expect((await mailServer(db))?.password()).toBe(PASSWORD);
  });

  test('keep a password for the same server and user only, and two at once collide', async () => {
    await admin.mail.save({ ...settings, user: 'stagecraft', password: PASSWORD });
    await admin.mail.save({ ...settings, version: 1, user: 'stagecraft', port: 2525 });
    expect((await mailServer(db))?.password()).toBe(PASSWORD);
    const elsewhere = { ...settings, version: 2, user: 'stagecraft', host: 'evil.example.test' };
    await expect(admin.mail.save(elsewhere)).rejects.toThrow(/enter its password too/);
    await expect(admin.mail.save({ ...settings, version: 1, user: 'stagecraft' })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test.each(['a\r\nBcc: b@example.test', 'nobody', 'a <b>', 'x@y\nz'])('refuse %j as a sender', async (from) => {
    await expect(admin.mail.save({ ...settings, from })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('of the environment go before those of the administrator', async () => {
    await admin.mail.save(settings);
    const mail = {
      host: 'relay.example.test',
      port: 465,
      security: 'tls' as const,
      user: 'u',
      password: PASSWORD,
      from: 'a@b.test',
    };
    Object.assign(config, { mail });
    try {
      const seen = await admin.mail.get();
      expect(seen.server).toMatchObject({ source: 'environment', host: 'relay.example.test', hasPassword: true });
      expect(JSON.stringify(seen)).not.toContain(PASSWORD);
    } finally {
      Object.assign(config, { mail: undefined });
    }
  });
});

describe('handing over', () => {
  const words = mailOfTest('Ada', 'https://ml.example.test');
  const server = (port: number, o: { security?: 'none' | 'starttls' | 'tls'; user?: string; password?: string } = {}) => ({
    host: '127.0.0.1',
    port,
    security: o.security ?? ('none' as const),
    user: o.user ?? '',
    password: () => o.password ?? null,
    hasPassword: o.password !== undefined,
    from: settings.from,
    source: 'settings' as const,
  });
  const to = { name: 'Rita, "R"', email: 'rita@example.test' };

  test('the test button really sends, and shows what the server said', async () => {
    const receiver = await startMailReceiver();
    await admin.mail.save({ ...settings, port: receiver.port });
    const answer = await admin.mail.test({ to: 'me@example.test' });
    expect(answer).toMatchObject({ ok: true, answer: expect.stringContaining('taken') });
    expect(receiver.mails[0]).toMatchObject({ to: ['me@example.test'], secure: false });
    expect(receiver.mails[0]?.read.subject).toBe('Stagecraft: a test of the mail settings');
  });

  test('STARTTLS and TLS from the start: password and mail go encrypted', async () => {
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, CERTIFICATE.cert]);
    try {
      const receiver = await startMailReceiver({ password: PASSWORD, ...CERTIFICATE });
      const wrapped = await startMailReceiver({ password: PASSWORD, secure: true, ...CERTIFICATE });
      const who = { user: 'stagecraft', password: PASSWORD };
      expect(await sendMail(server(receiver.port, { security: 'starttls', ...who }), to, words)).toMatchObject({ ok: true });
      expect(await sendMail(server(wrapped.port, { security: 'tls', ...who }), to, words)).toMatchObject({ ok: true });
      for (const { mails } of [receiver, wrapped]) expect(mails[0]).toMatchObject({ secure: true, user: 'stagecraft' });
      expect(receiver.mails[0]?.read.to?.[0]).toEqual({ name: 'Rita, "R"', address: 'rita@example.test' });
    } finally {
      setDefaultCACertificates(before);
    }
  });

  test('STARTTLS: a certificate that nobody vouches for is refused, and the clear is never used instead', async () => {
    const receiver = await startMailReceiver({ password: PASSWORD });
    const sent = await sendMail(
      server(receiver.port, { security: 'starttls', user: 'stagecraft', password: PASSWORD }),
      to,
      words,
    );
    expect(sent).toMatchObject({ ok: false, final: false });
    expect(receiver.mails).toEqual([]);
  });

  test('STARTTLS: a server that does not offer it is refused before the password is said', async () => {
    const receiver = await startMailReceiver({ password: PASSWORD, hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
    const sent = await sendMail(
      server(receiver.port, { security: 'starttls', user: 'stagecraft', password: PASSWORD }),
      to,
      words,
    );
    expect(sent).toMatchObject({ ok: false, final: false });
    expect(receiver.mails).toEqual([]);
  });

  test('a wrong password is told in the server’s words, without the password', async () => {
    const receiver = await startMailReceiver({ password: 'another', disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
    const sent = await sendMail(server(receiver.port, { user: 'stagecraft', password: PASSWORD }), to, words);
    expect(sent).toMatchObject({ ok: false, final: false, answer: expect.stringContaining('535') });
    expect(sent.answer).toContain('refuses the user or the password');
    expect(JSON.stringify(sent)).not.toContain(PASSWORD);
  });

  test('a refused address is final, a busy server is not', async () => {
    const gone = await startMailReceiver({ refuse: { code: 550, message: 'No such user' } });
    const busy = await startMailReceiver({ refuse: { code: 451, message: 'Try later' } });
    expect(await sendMail(server(gone.port), to, words)).toMatchObject({ ok: false, final: true });
    expect(await sendMail(server(busy.port), to, words)).toMatchObject({ ok: false, final: false });
  });

  test('a server that says nothing, and none at all, are told apart', { timeout: 20_000 }, async () => {
    const silent = await startMailReceiver({ silent: true });
    const slow = await sendMail(server(silent.port), to, words);
    expect(slow).toMatchObject({ ok: false, final: false, answer: expect.stringContaining('did not answer in time') });
    await silent.close();
    const none = await sendMail(server(silent.port), to, words);
    expect(none).toMatchObject({ ok: false, final: false, answer: expect.stringContaining('could not be reached') });
  });
});

describe('mails of notifications', () => {
  test('are sent once, in words and simple HTML, with a way to end them', async () => {
    const receiver = await startMailReceiver();
    await admin.mail.save({ ...settings, port: receiver.port });
    const reader = await told();
    const [mail] = await waiting();
    expect(await sendOne(mail?.id ?? '')).toBe('sent');
    expect(await sendOne(mail?.id ?? '')).toBe('dropped');
    expect(receiver.mails).toHaveLength(1);
    const { read, raw } = receiver.mails[0] ?? {};
    expect(receiver.mails[0]?.to).toEqual([reader.email]);
    expect(read?.subject).toContain('Request 1 <b>&');
    expect(read?.text).toContain('/models/requests/1');
    expect(read?.html).toContain('Request 1 &#60;b&#62;&#38;');
    expect(read?.html).not.toContain('<b>&');
    expect(raw).toMatch(/^List-Unsubscribe: <http.*\/account#notifications>/m);
    expect(raw).toMatch(/^Auto-Submitted: auto-generated/m);
    expect((await admin.mail.get()).last[0]).toMatchObject({ to: reader.email, status: 'sent', attempts: 1 });
  });

  test('nothing is queued while no server is set, and what was read meanwhile is not sent', async () => {
    await told();
    expect(await waiting()).toEqual([]);
    const receiver = await startMailReceiver();
    await admin.mail.save({ ...settings, port: receiver.port });
    const reader = await told();
    await callerFor(reader).notifications.markAll();
    const [mail] = await waiting();
    expect(await sendOne(mail?.id ?? '')).toBe('dropped');
    expect(receiver.mails).toEqual([]);
  });

  test('news of one group makes one mail, which carries the newest words', async () => {
    const receiver = await startMailReceiver();
    await admin.mail.save({ ...settings, port: receiver.port });
    await told({ times: 3, groupKey: 'thread' });
    const mails = await waiting();
    expect(mails).toHaveLength(1);
    await sendOne(mails[0]?.id ?? '');
    expect(receiver.mails[0]?.read.text).toContain('And 2 more before it.');
  });

  test('a server that is away is tried again, later and later, and given up in the end', async () => {
    const receiver = await startMailReceiver({ refuse: { code: 451, message: 'Try later' } });
    await admin.mail.save({ ...settings, port: receiver.port });
    await told();
    const [mail] = await waiting();
    const ends: string[] = [];
    for (let i = 0; i < MAIL_TRIES.count; i += 1) ends.push(await sendOne(mail?.id ?? ''));
    expect(ends).toEqual([...Array(MAIL_TRIES.count - 1).fill('again'), 'failed']);
    expect((await admin.mail.get()).last[0]).toMatchObject({ status: 'failed', attempts: MAIL_TRIES.count });
  });

  test('the mail of the day carries what waits, once', async () => {
    const receiver = await startMailReceiver();
    await admin.mail.save({ ...settings, port: receiver.port });
    await told({ mail: 'daily', times: 2 });
    expect(await waiting()).toEqual([]);
    expect(await queueDigests()).toBe(1);
    expect(await queueDigests()).toBe(0);
    const [mail] = await waiting();
    expect(await sendOne(mail?.id ?? '')).toBe('sent');
    expect(receiver.mails[0]?.read.subject).toBe('Stagecraft today: 2 things');
    expect(receiver.mails[0]?.read.text).toContain('/models/requests/2');
    expect(await queueDigests()).toBe(0);
  });
});
