import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hashPassword } from '#server/auth/password.ts';
import { resolveSession } from '#server/auth/session.ts';
import { config } from '#server/config.ts';
import { db } from '#server/platform/db/client.ts';
import { startAuthServer } from '#server/testing/auth-server.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createJar } from '#server/testing/cookie-jar.ts';
import { createMember, createProject, createUser } from '#server/testing/factories.ts';

/** People whom the identity provider knows: subject -> claims. */
const DIRECTORY: Record<string, { email?: string; email_verified?: boolean; name: string }> = {};

let auth: Awaited<ReturnType<typeof startAuthServer>>;
let identity: Server;
let issuer: string;

beforeAll(async () => {
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  auth = await startAuthServer();
  identity = createServer((request, response) => void provider.callback()(request, response));
  await new Promise<void>((done) => identity.listen(0, '127.0.0.1', done));
  issuer = `http://127.0.0.1:${(identity.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'stagecraft',
        client_secret: 'a-secret-of-the-client',
        redirect_uris: [`${auth.origin}/api/auth/callback/oidc`],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    findAccount: (_ctx, sub) => (DIRECTORY[sub] ? { accountId: sub, claims: () => ({ sub, ...DIRECTORY[sub] }) } : undefined),
  });
  config.oidc = { issuer, clientId: 'stagecraft', clientSecret: 'a-secret-of-the-client', name: 'Company account' };
});

afterAll(async () => {
  config.oidc = undefined;
  await auth.stop();
  await new Promise((done) => {
    identity.close(done);
    identity.closeAllConnections();
  });
  vi.restoreAllMocks();
});

/** Signs in as a browser does: to the provider, through its two forms, back with a code. */
async function signIn(subject: string) {
  const jar = createJar();
  const { csrfToken } = (await (await jar.send(`${auth.origin}/api/auth/csrf`)).json()) as { csrfToken: string };
  const begin = await jar.post(`${auth.origin}/api/auth/signin/oidc`, {
    csrfToken,
    callbackUrl: `${auth.origin}/`,
    json: 'true',
  });
  const { url } = (await begin.json()) as { url: string };
  expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256');
  expect(new URL(url).searchParams.get('nonce')).toBeTruthy();
  const login = await jar.follow(url);
  const resumed = await jar.post(login.url, { prompt: 'login', login: subject, password: 'any' });
  const consent = await jar.follow(resumed.headers.get('location') ?? '');
  const granted = await jar.post(consent.url, { prompt: 'consent' });
  const end = await jar.follow(granted.headers.get('location') ?? '');
  const session = await resolveSession(new Headers({ cookie: jar.header(auth.origin) }));
  return { session, error: new URL(end.url).searchParams.get('error') };
}

describe('single sign-on', () => {
  test('lets in who is here, by the verified e-mail first and by the subject ever after', async () => {
    const person = await createUser({ email: 'ann@example.org', passwordHash: await hashPassword('violet-hammer-42') });
    DIRECTORY.ann = { email: 'Ann@Example.org', email_verified: true, name: 'Ann of the company' };
    expect((await signIn('ann')).session?.actor).toMatchObject({ id: person.id, name: person.name });
    DIRECTORY.ann = { email: 'ann.married@example.org', email_verified: true, name: 'Ann' };
    expect((await signIn('ann')).session?.actor.id).toBe(person.id);
    expect(await db.user.findUnique({ where: { id: person.id } })).toMatchObject({
      oidcSubject: `${issuer}#ann`,
      email: 'ann@example.org',
    });
    const acts = await db.auditEntry.findMany({
      where: { actorId: person.id },
      orderBy: { at: 'asc' },
      select: { action: true, details: true },
    });
    expect(acts.map((entry) => entry.action)).toEqual(['person.identity_linked', 'session.started', 'session.started']);
    expect(acts[1]?.details).toMatchObject({ method: 'oidc' });
  });

  test('takes an invitation, and the role that stands in it', async () => {
    const project = await createProject();
    const admin = callerFor(await createMember(project, 'admin'));
    await admin.projects.members.add({ project: project.name, email: 'bert@example.org', role: 'reviewer' });
    DIRECTORY.bert = { email: 'bert@example.org', email_verified: true, name: 'Bert' };
    const { session } = await signIn('bert');
    expect(session?.actor.name).toBe('Bert');
    expect((await admin.projects.members.list({ project: project.name })).members).toContainEqual(
      expect.objectContaining({ name: 'Bert', role: 'reviewer' }),
    );
  });

  test.each([
    ['stranger', { email: 'stranger@example.org', email_verified: true, name: 'S' }, 'oidc_unknown'],
    ['unverified', { email: 'carl@example.org', email_verified: false, name: 'Carl' }, 'oidc_unverified'],
    ['nameless', { name: 'No e-mail' }, 'oidc_unverified'],
    ['second', { email: 'dora@example.org', email_verified: true, name: 'D' }, 'oidc_other'],
    ['gone', { email: 'emil@example.org', email_verified: true, name: 'E' }, 'deactivated'],
  ])('keeps out: %s', async (subject, claims, error) => {
    await db.user.createMany({
      data: [
        { email: 'carl@example.org', name: 'Carl' },
        { email: 'dora@example.org', name: 'Dora', oidcSubject: `${issuer}#first` },
        { email: 'emil@example.org', name: 'Emil', deactivatedAt: new Date() },
      ],
      skipDuplicates: true,
    });
    DIRECTORY[subject] = claims;
    const people = await db.user.count();
    expect(await signIn(subject)).toEqual({ session: null, error });
    expect(await db.user.count()).toBe(people);
  });
});
