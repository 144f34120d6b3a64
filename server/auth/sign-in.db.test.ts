import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { countAttempt } from '#server/auth/attempts.repo.ts';
import { hashPassword } from '#server/auth/password.ts';
import { resolveSession } from '#server/auth/session.ts';
import { endSessions } from '#server/auth/sessions.ts';
import { config } from '#server/config.ts';
import { db } from '#server/platform/db/client.ts';
import { startAuthServer } from '#server/testing/auth-server.ts';
import { createJar, type Jar } from '#server/testing/cookie-jar.ts';
import { createUser, type TestUser } from '#server/testing/factories.ts';

const PASSWORD = 'violet-hammer-42';
let server: Awaited<ReturnType<typeof startAuthServer>>;
let person: TestUser;

beforeAll(async () => {
  server = await startAuthServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await db.rateLimit.deleteMany();
  person = await createUser({ passwordHash: await hashPassword(PASSWORD) });
});

/** What a program does to sign in: fetch the CSRF token, post the credentials. Returns the error code, or null. */
async function signIn(jar: Jar, email: string, password: string, address = '127.0.0.1'): Promise<string | null> {
  const { csrfToken } = (await (await jar.send(`${server.origin}/api/auth/csrf`)).json()) as { csrfToken: string };
  const response = await jar.send(`${server.origin}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { 'x-test-address': address, 'user-agent': 'player/1' },
    body: new URLSearchParams({ csrfToken, email, password, json: 'true' }),
  });
  const { url } = (await response.json()) as { url: string };
  return new URL(url, server.origin).searchParams.get('error');
}

const who = (jar: Jar) => resolveSession(new Headers({ cookie: jar.header(server.origin) }));

describe('a password', () => {
  test('opens a session, written into the record, that the cookie only names', async () => {
    const jar = createJar();
    expect(await signIn(jar, ` ${person.email.toUpperCase()}`, PASSWORD)).toBeNull();
    const session = await who(jar);
    expect(session).toMatchObject({
      actor: { kind: 'user', id: person.id, name: person.name, isAdmin: false },
      email: person.email,
    });
    const answer = await (await jar.send(`${server.origin}/api/auth/session`)).json();
    expect(answer).toMatchObject({ user: { name: person.name, email: person.email } });
    expect(JSON.stringify(answer)).not.toContain(session?.sessionId);
    expect(await db.session.findFirst({ where: { userId: person.id } })).toMatchObject({ userAgent: 'player/1' });
    expect(await db.auditEntry.findFirst({ where: { actorId: person.id } })).toMatchObject({ action: 'session.started' });
  });

  test('that is wrong, or of nobody, gets one and the same answer', async () => {
    const jar = createJar();
    expect(await signIn(jar, person.email, 'wrong-password')).toBe('wrong');
    expect(await signIn(jar, 'nobody@example.org', 'wrong-password')).toBe('wrong');
    expect(await signIn(jar, person.email, '')).toBe('missing');
    const social = await createUser();
    expect(await signIn(jar, social.email, 'wrong-password')).toBe('wrong');
    expect(await who(jar)).toBeNull();
  });

  test('is not taken without the CSRF token', async () => {
    const jar = createJar();
    await jar.post(`${server.origin}/api/auth/callback/credentials`, {
      csrfToken: 'made-up',
      email: person.email,
      password: PASSWORD,
    });
    expect(await who(jar)).toBeNull();
    expect(await db.session.count({ where: { userId: person.id } })).toBe(0);
  });
});

describe('a session', () => {
  test('that is revoked is nobody’s from the next request on', async () => {
    const jar = createJar();
    await signIn(jar, person.email, PASSWORD);
    expect(await who(jar)).not.toBeNull();
    await endSessions(db, { userId: person.id });
    expect(await who(jar)).toBeNull();
    const answer = (await (await jar.send(`${server.origin}/api/auth/session`)).json()) as { user?: unknown };
    expect(answer.user).toBeUndefined();
  });

  test('ends by signing out, by its age and with its person’s deactivation', async () => {
    const jar = createJar();
    await signIn(jar, person.email, PASSWORD);
    const cookie = jar.header(server.origin);
    const { csrfToken } = (await (await jar.send(`${server.origin}/api/auth/csrf`)).json()) as { csrfToken: string };
    await jar.post(`${server.origin}/api/auth/signout`, { csrfToken });
    expect(await resolveSession(new Headers({ cookie }))).toBeNull();

    await signIn(jar, person.email, PASSWORD);
    await db.user.update({ where: { id: person.id }, data: { deactivatedAt: new Date() } });
    expect(await who(jar)).toBeNull();
    await db.user.update({ where: { id: person.id }, data: { deactivatedAt: null } });
    expect(await who(jar)).not.toBeNull();
    await db.session.updateMany({ where: { userId: person.id }, data: { expiresAt: new Date(0) } });
    expect(await who(jar)).toBeNull();
  });

  test('can’t be made up', async () => {
    const headers = (value: string) => new Headers({ cookie: `stagecraft.session=${value}` });
    expect(await resolveSession(headers('x'))).toBeNull();
    expect(await resolveSession(headers(crypto.randomUUID()))).toBeNull();
    expect(await resolveSession(new Headers())).toBeNull();
  });
});

describe('too many failures', () => {
  test('of one e-mail stop it, from any address and with the right password too', async () => {
    for (let i = 0; i < config.signInAttempts; i += 1) {
      expect(await signIn(createJar(), person.email, 'wrong-password', `10.0.0.${i}`)).toBe('wrong');
    }
    expect(await signIn(createJar(), person.email, PASSWORD, '10.0.1.1')).toMatch(/^limited:\d+$/);
    const other = await createUser({ passwordHash: await hashPassword(PASSWORD) });
    expect(await signIn(createJar(), other.email, PASSWORD, '10.0.0.1')).toBeNull();
  });

  test('of one address stop it for every e-mail; parallel tries don’t slip past', async () => {
    const tries = config.signInAttempts * 10;
    const attempts = Array.from({ length: tries + 8 }, (_, i) =>
      countAttempt({ email: `x${i}@example.org`, address: '10.9.9.9' }),
    );
    const results = await Promise.all(attempts);
    expect(results.filter((result) => result.ok)).toHaveLength(tries);
    expect(results.filter((result) => !result.ok)).toHaveLength(8);
    expect(await signIn(createJar(), person.email, PASSWORD, '10.9.9.9')).toMatch(/^limited:/);
    expect(await signIn(createJar(), person.email, PASSWORD, '10.9.9.8')).toBeNull();
  });

  test('are forgotten after a good sign-in', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < config.signInAttempts - 1; i += 1) await signIn(createJar(), person.email, 'wrong-password');
      expect(await signIn(createJar(), person.email, PASSWORD)).toBeNull();
    }
  });
});
