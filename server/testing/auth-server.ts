import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NextApiRequest, NextApiResponse } from 'next';
import NextAuth from 'next-auth';
import { vi } from 'vitest';
import { callerOf } from '#server/auth/caller.ts';
import { authOptions } from '#server/auth/options.ts';

/** next-auth with the console's own options behind a plain HTTP server, at the paths that the console has. */
export async function startAuthServer(): Promise<{ origin: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('NEXTAUTH_URL', origin);
  return {
    origin,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://test');
  if (!url.pathname.startsWith('/api/auth/')) {
    response.writeHead(200).end('a page');
    return;
  }
  const query = { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.slice('/api/auth/'.length).split('/') };
  const body = Object.fromEntries(new URLSearchParams(await textOf(request)));
  const apiRequest = Object.assign(request, { query, body, cookies: cookiesOf(request) }) as unknown as NextApiRequest;
  const apiResponse = Object.assign(response, {
    status(code: number) {
      response.statusCode = code;
      return apiResponse;
    },
    json: (value: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value)),
    send: (value: unknown) => response.end(typeof value === 'string' ? value : JSON.stringify(value ?? {})),
  }) as unknown as NextApiResponse;
  const headers = new Headers({
    'x-stagecraft-address': String(request.headers['x-test-address'] ?? '127.0.0.1'),
    'user-agent': String(request.headers['user-agent'] ?? ''),
  });
  await NextAuth(apiRequest, apiResponse, authOptions(callerOf(headers)));
}

function cookiesOf(request: IncomingMessage): Record<string, string> {
  const pairs = (request.headers.cookie ?? '').split('; ').filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), decodeURIComponent(pair.slice(pair.indexOf('=') + 1))]),
  );
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
