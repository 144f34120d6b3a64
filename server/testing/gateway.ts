import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scope } from '#server/auth/roles.ts';
import type { RoutingArm, RoutingEntry } from '#server/domain/rollout/routing.ts';
import type { LoggedOutcome, LoggedPrediction } from '#server/features/predictions/log.schema.ts';
import { readPredictionLine } from '#server/features/predictions/log-line.schema.ts';
import { type Gateway, openGateway } from '#server/gateway/gateway.ts';
import type { RestRoute } from '#server/gateway/plugin.ts';
import type { GatewaySources } from '#server/gateway/sources.ts';
import { log } from '#server/log.ts';
import { hashToken } from '#server/platform/crypto/tokens.ts';
import { SPAM_SIGNATURE, spamGraph, writeTemporary } from './graphs.ts';

/** A gateway over sources in memory: a real pool, spool and HTTP, and a "database" that a test can take away. */

export const PROJECT = '018f0000-0000-7000-8000-000000000001';
export const DEPLOYMENT = '018f0000-0000-7000-8000-0000000000d1';
export const TOKEN = 'sc_a-token-that-may-predict';
export const SPAM_FILE = writeTemporary('spam.onnx', spamGraph());
/** Says spam where the first says ham, and the other way round. */
export const SWAPPED_FILE = writeTemporary('swapped.onnx', spamGraph(['win', 'money', 'meeting'], [-2, -2, 3]));

export function arm(o: Partial<RoutingArm> = {}): RoutingArm {
  const modelVersionId = '018f0000-0000-7000-8000-0000000000a1';
  return { name: 'primary', modelVersionId, number: 1, weight: 1, artifactKey: 'spam', signature: SPAM_SIGNATURE, ...o };
}

export const canary = (weight: number, o: Partial<RoutingArm> = {}) =>
  arm({
    name: 'canary',
    number: 2,
    weight,
    artifactKey: 'swapped',
    modelVersionId: '018f0000-0000-7000-8000-0000000000a2',
    ...o,
  });

export function route(o: Partial<RoutingEntry> = {}): RoutingEntry {
  return {
    deploymentId: DEPLOYMENT,
    deployment: 'spam-filter',
    projectId: PROJECT,
    model: 'spam-filter',
    revision: 1,
    rolloutId: null,
    arms: [arm()],
    ...o,
  };
}

export class MemorySources implements GatewaySources {
  down = false;
  routing: RoutingEntry[] = [route()];
  files: Record<string, string> = { spam: SPAM_FILE, swapped: SWAPPED_FILE };
  tokens = [this.token(TOKEN, ['predict', 'outcome:write'])];
  predictions = new Map<string, LoggedPrediction>();
  outcomes = new Map<string, LoggedOutcome>();
  used: { id: string; at: Date }[] = [];

  token(token: string, scopes: Scope[], expiresAt: string | null = null, projectId = PROJECT) {
    const id = '018f0000-0000-7000-8000-0000000000f1';
    return { id, hash: hashToken(token), name: 'a program', projectId, projectName: 'mail', scopes, expiresAt };
  }

  loadRouting = () => this.#answer(() => this.routing);
  loadTokens = () => this.#answer(() => this.tokens);
  touchTokens = (used: { id: string; at: Date }[]) => this.#answer(() => void this.used.push(...used));
  findArtifact = async (key: string) => {
    const file = this.files[key];
    if (!file) throw new Error(`no artifact ${key}`);
    return file;
  };

  saveLines = (lines: Buffer) =>
    this.#answer(() => {
      const rows = lines.toString().split('\n').filter(Boolean).map(readPredictionLine);
      for (const row of rows) this.predictions.set(`${row.requestId}/${row.index}`, row);
      return rows.length;
    });

  saveLog = (batch: { predictions: string; outcomes: string }) =>
    this.#answer(() => {
      for (const row of JSON.parse(batch.predictions) as LoggedPrediction[])
        this.predictions.set(`${row.requestId}/${row.index}`, row);
      for (const row of JSON.parse(batch.outcomes) as LoggedOutcome[]) this.outcomes.set(`${row.requestId}/${row.index}`, row);
    });

  saveOutcomes = (given: LoggedOutcome[]) =>
    this.#answer(() => {
      const conflicts = given.flatMap((row) => {
        const known = this.outcomes.get(`${row.requestId}/${row.index}`);
        if (!known || known.label === row.label) return [];
        return [{ request_id: row.requestId, index: row.index, stored: known.label, given: row.label }];
      });
      if (conflicts.length > 0) return { stored: 0, repeated: 0, conflicts };
      const fresh = given.filter((row) => !this.outcomes.has(`${row.requestId}/${row.index}`));
      for (const row of fresh) this.outcomes.set(`${row.requestId}/${row.index}`, row);
      return { stored: fresh.length, repeated: given.length - fresh.length, conflicts };
    });

  async #answer<T>(value: () => T): Promise<T> {
    if (this.down) throw new Error('connect ECONNREFUSED');
    return value();
  }
}

export type TestGateway = {
  gateway: Gateway;
  sources: MemorySources;
  spoolDir: string;
  post(url: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  get(url: string, headers?: Record<string, string>): Promise<Reply>;
};
// biome-ignore lint/suspicious/noExplicitAny: a test reads any JSON
export type Reply = { status: number; body: any; headers: Record<string, unknown> };

export async function startGateway(
  o: {
    sources?: MemorySources;
    spoolDir?: string;
    bodyLimitBytes?: number;
    requestsPerMinute?: number;
    timeoutMs?: number;
    tls?: { cert: Buffer; key: Buffer };
    trustProxy?: string;
    rest?: readonly RestRoute[];
  } = {},
): Promise<TestGateway> {
  const sources = o.sources ?? new MemorySources();
  const spoolDir = o.spoolDir ?? mkdtempSync(join(tmpdir(), 'stagecraft-spool-'));
  const gateway = await openGateway({
    spoolDir,
    instance: crypto.randomUUID(),
    version: '0.0.0-test',
    workers: 1,
    threads: 1,
    providers: ['cpu'],
    requestsPerMinute: o.requestsPerMinute ?? 1_000_000,
    bodyLimitBytes: o.bodyLimitBytes ?? 1024 * 1024,
    ...(o.timeoutMs ? { timeoutMs: o.timeoutMs } : {}),
    ...(o.tls ? { tls: o.tls } : {}),
    ...(o.rest ? { rest: o.rest } : {}),
    ...(o.trustProxy ? { trustProxy: o.trustProxy } : {}),
    sources,
    log: log.child({ part: 'gateway' }),
  });
  await Promise.all([gateway.refreshTokens(), gateway.refreshRouting()]);
  const bearer = { authorization: `Bearer ${TOKEN}` };
  const call = async (method: 'GET' | 'POST', url: string, payload: string | undefined, headers: Record<string, string>) => {
    const reply = await gateway.app.inject({ method, url, ...(payload === undefined ? {} : { payload }), headers });
    return { status: reply.statusCode, body: reply.body ? JSON.parse(reply.body) : undefined, headers: reply.headers };
  };
  return {
    gateway,
    sources,
    spoolDir,
    post: (url, body, headers = {}) =>
      call('POST', url, typeof body === 'string' ? body : JSON.stringify(body), {
        ...bearer,
        'content-type': 'application/json',
        ...headers,
      }),
    get: (url, headers = {}) => call('GET', url, undefined, { ...bearer, ...headers }),
  };
}
