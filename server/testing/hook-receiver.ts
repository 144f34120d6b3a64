import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type Received = { headers: IncomingHttpHeaders; body: string };
type Answer = { status?: number; body?: string; headers?: Record<string, string>; afterMs?: number };
export type HookReceiver = { url: string; got: Received[]; answers: Answer[]; close(): Promise<void> };

const servers: Server[] = [];

/** A real HTTP server on this host that keeps what is posted, and answers as `answers` say, the last one again and again. */
export async function startHookReceiver(answers: Answer[] = [{}]): Promise<HookReceiver> {
  const got: Received[] = [];
  const left = [...answers];
  const server = createServer(async (request, reply) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    got.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
    const answer = (left.length > 1 ? left.shift() : left[0]) ?? {};
    if (answer.afterMs) await sleep(answer.afterMs);
    reply.writeHead(answer.status ?? 204, answer.headers);
    reply.end(answer.body ?? '');
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return { url: `http://127.0.0.1:${port}/hook`, got, answers: left, close };
}

export async function closeHookReceivers(): Promise<void> {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

const TOLERANCE_S = 300;

/** What a receiver has to do, as docs/programs.md shows it: true for a fresh body that was signed with the secret. */
export function isAuthentic(header: string, body: string, secret: string, nowSeconds: number): boolean {
  const parts = header.split(',').map((part) => part.split('=', 2));
  const t = Number(parts.find(([name]) => name === 't')?.[1]);
  if (!(Math.abs(nowSeconds - t) <= TOLERANCE_S)) return false;
  const expected = createHmac('sha256', secret).update(`${t}.${body}`).digest();
  return parts.some(([name, value]) => {
    const given = Buffer.from(value ?? '', 'hex');
    return name === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}
