import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLE_SCOPES, ROLES, type Role, SCOPES, type Scope, scopesOf } from '#server/auth/roles.ts';
import { openSession, sessionSecret } from '#server/auth/session.ts';
import { db } from '#server/platform/db/client.ts';
import { createMember, createProject, createUser, type TestProject, type TestUser } from '#server/testing/factories.ts';
import type { Access } from '#server/trpc/procedures.ts';
import { appRouter } from '#server/trpc/root.ts';
import { GET, POST } from '../../app/api/trpc/[trpc]/route.ts';

type Procedure = { path: string; type: 'query' | 'mutation' | 'subscription'; access: Access };
type Answer = { status: number; code: string | null };

const { procedures: all } = (
  appRouter as unknown as {
    _def: { procedures: Record<string, { _def: Omit<Procedure, 'path' | 'access'> & { meta: Access } }> };
  }
)._def;
const procedures: Procedure[] = Object.entries(all).map(([path, { _def }]) => ({ path, type: _def.type, access: _def.meta }));
const inProject = procedures.filter((procedure) => procedure.access.access === 'project');
const scopeOf = (procedure: Procedure): Scope => (procedure.access as { scope: Scope }).scope;

let server: Server;
let origin: string;
let project: TestProject;
const cookies = new Map<Role | 'stranger' | 'administrator', string>();

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const headers = new Headers(Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]));
    const body = request.method === 'POST' ? Buffer.concat(parts) : undefined;
    const answer = await (request.method === 'POST' ? POST : GET)(
      new Request(origin + request.url, { method: request.method ?? 'GET', headers, ...(body ? { body } : {}) }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (answer.body) Readable.fromWeb(answer.body as ReadableStream).pipe(response);
    else response.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  project = await createProject();
  for (const role of ROLES) cookies.set(role, await cookieOf(await createMember(project, role)));
  cookies.set('stranger', await cookieOf(await createUser()));
  cookies.set('administrator', await cookieOf(await createUser({ isAdmin: true })));
});

afterAll(async () => {
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeAllConnections();
  await closed;
});

async function cookieOf(user: TestUser): Promise<string> {
  const sid = await openSession(db, { userId: user.id, userAgent: 'test' });
  return `stagecraft.session=${await encode({ token: { sid }, secret: sessionSecret() })}`;
}

/** Calls a procedure by HTTP, with no input but the project: enough to pass the gate, too little to do anything. */
async function call(procedure: Procedure, who: Parameters<typeof cookies.get>[0] | null): Promise<Answer> {
  const input = JSON.stringify({ json: { project: project.name } });
  const headers = { 'content-type': 'application/json', ...(who ? { cookie: cookies.get(who) ?? '' } : {}) };
  const url = `${origin}/api/trpc/${procedure.path}`;
  const response =
    procedure.type === 'mutation'
      ? await fetch(url, { method: 'POST', headers, body: input })
      : await fetch(`${url}?input=${encodeURIComponent(input)}`, {
          headers,
          ...(procedure.type === 'subscription' ? { signal: AbortSignal.timeout(500) } : {}),
        });
  if (procedure.type === 'subscription' && response.ok) return firstEvent(response);
  const text = await response.text();
  const parsed = text.startsWith('{') ? (JSON.parse(text) as { error?: { json?: { data?: { code?: string } } } }) : {};
  return { status: response.status, code: parsed.error?.json?.data?.code ?? null };
}

/** A stream begins with 200 whatever comes; a refusal is its first event after `connected`. */
async function firstEvent(response: Response): Promise<Answer> {
  let text = '';
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body?.values({ preventCancel: false }) ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const data = /event: serialized-error\ndata: (.*)\n/.exec(text)?.[1];
      if (data) {
        const error = JSON.parse(data) as { json: { data: { code: string; httpStatus: number } } };
        return { status: error.json.data.httpStatus, code: error.json.data.code };
      }
    }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
  }
  return { status: 200, code: null };
}

const letIn = (answer: Answer) => !['UNAUTHORIZED', 'FORBIDDEN'].includes(answer.code ?? '') && answer.status < 500;

describe.each(SCOPES.filter((scope) => inProject.some((procedure) => scopeOf(procedure) === scope)))('scope %s', (scope) => {
  const guarded = inProject.filter((procedure) => scopeOf(procedure) === scope);

  test.each(ROLES)('session of a %s', async (role) => {
    const allowed = scopesOf(role).has(scope);
    for (const procedure of guarded) {
      const answer = await call(procedure, role);
      expect({ path: procedure.path, letIn: letIn(answer), ...answer }).toMatchObject({ path: procedure.path, letIn: allowed });
      if (!allowed) expect(answer).toEqual({ status: 403, code: 'FORBIDDEN' });
    }
  });

  test('a stranger can’t tell the project from one that isn’t there; nobody must sign in', async () => {
    for (const procedure of guarded) {
      expect({ path: procedure.path, ...(await call(procedure, 'stranger')) }).toEqual({
        path: procedure.path,
        status: 404,
        code: 'NOT_FOUND',
      });
      expect({ path: procedure.path, ...(await call(procedure, null)) }).toEqual({
        path: procedure.path,
        status: 401,
        code: 'UNAUTHORIZED',
      });
    }
  });
});

test('what is for administrators is for them alone', async () => {
  for (const procedure of procedures.filter((candidate) => candidate.access.access === 'admin')) {
    expect({ path: procedure.path, ...(await call(procedure, 'admin')) }).toEqual({
      path: procedure.path,
      status: 403,
      code: 'FORBIDDEN',
    });
    expect({ path: procedure.path, ...(await call(procedure, null)) }).toEqual({
      path: procedure.path,
      status: 401,
      code: 'UNAUTHORIZED',
    });
    expect({ path: procedure.path, letIn: letIn(await call(procedure, 'administrator')) }).toEqual({
      path: procedure.path,
      letIn: true,
    });
  }
});

test('what is for people needs a session', async () => {
  for (const procedure of procedures.filter((candidate) => candidate.access.access === 'user')) {
    expect({ path: procedure.path, ...(await call(procedure, null)) }).toEqual({
      path: procedure.path,
      status: 401,
      code: 'UNAUTHORIZED',
    });
  }
});

/** Asks a model version something and keeps nothing: a mutation only because inputs are too long for an address. */
const KEEPS_NOTHING = ['behaviour.check', 'explanations.input', 'models.tryInput'];

test('a role that only reads can call no mutation of a project that keeps anything', () => {
  const readers = ROLES.filter((role) => ROLE_SCOPES[role].every((scope) => scope.endsWith(':read')));
  expect(readers).toEqual(['manager']);
  const open = inProject.filter(
    (procedure) => procedure.type === 'mutation' && readers.some((role) => scopesOf(role).has(scopeOf(procedure))),
  );
  expect(open.map((procedure) => procedure.path)).toEqual(KEEPS_NOTHING);
});
