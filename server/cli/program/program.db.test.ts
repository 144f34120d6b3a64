import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { Scope } from '#server/auth/roles.ts';
import { createDeployment } from '#server/features/deployments/deployments.service.ts';
import { prepareRequest } from '#server/features/models/preparation.service.ts';
import { approvePromotion, refusePromotion } from '#server/features/models/promotion-votes.service.ts';
import { createToken } from '#server/features/projects/tokens.service.ts';
import { rest } from '#server/gateway/registry.ts';
import { closeClient } from '#server/inference/client.ts';
import { hashToken } from '#server/platform/crypto/tokens.ts';
import { db } from '#server/platform/db/client.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import { createMember, createScope, scopeFor, type TestProject } from '#server/testing/factories.ts';
import { MemorySources, startGateway, type TestGateway } from '#server/testing/gateway.ts';
import { SPAM_SIGNATURE, spamGraph } from '#server/testing/graphs.ts';
import { createDatasetVersion, createModel, createVersion, type LabeledRow } from '#server/testing/model-rows.ts';

/** The command as a pipeline runs it: a process of its own, against a gateway over HTTP. */

const ROWS: LabeledRow[] = Array.from({ length: 200 }, (_, i) => ({
  id: `mail-${i}`,
  from: i % 2 === 0 ? 'example.org' : 'example.com',
  body: i % 4 === 0 ? 'win money now' : i % 4 === 1 ? 'win a prize' : 'the meeting is moved',
  label: i % 4 < 2 ? 'spam' : 'ham',
  split: i < 100 ? 'train' : 'test',
}));
const SCOPES: Scope[] = ['project:read', 'promotion:request', 'deployment:write', 'audit:read'];

let gateway: TestGateway;
let url: string;
const sources = new MemorySources();
let project: TestProject;
let asker: ProjectScope;
let reviewer: ProjectScope;
let token: string;

beforeAll(async () => {
  gateway = await startGateway({ sources, rest });
  url = await gateway.gateway.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await gateway.gateway.close();
  await closeClient();
});
beforeEach(async () => {
  ({ project, scope: asker } = await createScope('scientist'));
  reviewer = scopeFor(project, await createMember(project, 'reviewer'), 'reviewer');
  token = await tokenWith(SCOPES);
});

async function tokenWith(scopes: Scope[]): Promise<string> {
  const made = await createToken(asker, { name: 'pipeline', scopes: scopes as never, expiresInDays: 1 });
  const entry = { id: made.id, hash: hashToken(made.token), name: 'pipeline', scopes, expiresAt: null };
  sources.tokens.push({ ...entry, projectId: project.id, projectName: project.name });
  await gateway.gateway.refreshTokens();
  return made.token;
}

type Ended = { code: number | null; out: string; err: string };
type Running = { child: ChildProcess; ended: Promise<Ended>; said: () => string };

function start(args: string[], env: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, ['server/cli/cli.ts', ...args], {
    env: {
      PATH: process.env.PATH ?? '',
      STAGECRAFT_TOKEN: token,
      STAGECRAFT_GATEWAY_URL: url,
      ...env,
    } as unknown as NodeJS.ProcessEnv,
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (part: Buffer) => {
    out += part.toString();
  });
  child.stderr.on('data', (part: Buffer) => {
    err += part.toString();
  });
  const ended = new Promise<Ended>((done) => child.on('close', (code) => done({ code, out, err })));
  return { child, ended, said: () => err };
}
const cli = (args: string[], env?: Record<string, string>) => start(args, env).ended;

async function version(stage: 'development' | 'staging') {
  const model = (await db.model.findFirst({ where: { projectId: project.id } })) ?? (await createModel(project));
  const learned = await createDatasetVersion(project, ROWS);
  const stored = await putObject(Buffer.from(spamGraph()), { mediaType: 'application/onnx' });
  return createVersion(model, { graphKey: stored.key, signature: SPAM_SIGNATURE, datasetVersionId: learned.id, stage });
}

async function asked(): Promise<string> {
  for (let i = 0; i < 400; i += 1) {
    const request = await db.promotionRequest.findFirst({ where: { projectId: project.id } });
    if (request) return request.id;
    await sleep(50);
  }
  throw new Error('nobody asked');
}

const wish = ['--reason', 'It is better.', '--wait', '--timeout', '2m'];

describe('promote', { timeout: 120_000 }, () => {
  test('asks, waits for people, and ends with 0 when they approve', async () => {
    const { number } = await version('staging');
    const running = start(['promote', 'spam-filter', String(number), '--to', 'production', ...wish]);
    const id = await asked();
    await prepareRequest(asker, id);
    await approvePromotion(reviewer, { id, reason: 'I have looked at it.' });
    const { code, out, err } = await running.ended;
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(out).toMatch(/spam-filter v1 to production: approved/);
    expect(out).toContain('I have looked at it.');
  });

  test('ends with 1 when they refuse, and says why', async () => {
    const { number } = await version('staging');
    const running = start(['promote', 'spam-filter', `v${number}`, '--to', 'production', ...wish, '--json']);
    const id = await asked();
    await prepareRequest(asker, id);
    await refusePromotion(reviewer, { id, reason: 'Not on a Friday.' });
    const { code, out } = await running.ended;
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      id,
      status: 'refused',
      decisions: [{ verdict: 'refuse', reason: 'Not on a Friday.' }],
    });
  });

  test('without --wait it ends at once; a second one waits for the same request until the time is up', async () => {
    const { number } = await version('staging');
    const args = ['promote', 'spam-filter', String(number), '--to', 'production', '--reason', 'It is better.'];
    const first = await cli(args);
    expect(first).toMatchObject({ code: 0 });
    const again = await cli(args);
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('asked to move spam-filter v1 to production already') });
    const waiting = await cli([...args, '--wait', '--timeout', '1s']);
    expect(waiting).toMatchObject({ code: 3, err: expect.stringContaining('The time is up') });
    expect(await db.promotionRequest.count({ where: { projectId: project.id } })).toBe(1);
  });

  test('Ctrl-C stops the waiting, and nothing else', async () => {
    const { number } = await version('staging');
    const running = start(['promote', 'spam-filter', String(number), '--to', 'production', ...wish]);
    await asked();
    while (!running.said().includes('being prepared')) await sleep(50);
    running.child.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 130, err: expect.stringContaining('What was asked for goes on.') });
    expect(await db.promotionRequest.findFirst({ where: { projectId: project.id } })).toMatchObject({ status: 'preparing' });
  });
});

describe('the others', { timeout: 60_000 }, () => {
  test('whatwas answers for now and for the past', async () => {
    const { number } = await version('development');
    const nothing = await cli(['whatwas', '--at', '2020-01-01']);
    expect(nothing).toMatchObject({ code: 0, out: expect.stringContaining('nothing was in any stage') });
    const moment = await cli(['whatwas', '--model', 'spam-filter', '--json']);
    expect(moment.code).toBe(0);
    expect(JSON.parse(moment.out)).toMatchObject({ standings: expect.any(Array), more: false });
    expect(number).toBe(1);
    expect(await cli(['whatwas', '--prediction', 'nobody-asked-this'])).toMatchObject({ code: 1 });
  });

  test('rollout looks, pauses, resumes, rolls back, and ends by the result', async () => {
    const before = await version('development');
    await db.modelVersion.update({ where: { id: before.id }, data: { stage: 'production' } });
    await createDeployment(asker, { name: 'spam', model: 'spam-filter' });
    expect(await cli(['rollout', 'status', 'spam'])).toMatchObject({ code: 0, out: expect.stringContaining('answers with v1') });
    expect(await cli(['rollout', 'pause', 'spam'])).toMatchObject({ code: 1, err: expect.stringContaining('nothing to pause') });
    const { number } = await version('staging');
    const running = start(['promote', 'spam-filter', String(number), '--to', 'production', ...wish]);
    const id = await asked();
    await prepareRequest(asker, id);
    await approvePromotion(reviewer, { id, reason: 'Go.' });
    expect(await running.ended).toMatchObject({ code: 0 });
    expect(await cli(['rollout', 'pause', 'spam'])).toMatchObject({ code: 0, out: expect.stringContaining('paused') });
    expect(await cli(['rollout', 'resume', 'spam'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('running, step 1 of'),
    });
    const waiting = start(['rollout', 'status', 'spam', '--wait', '--json']);
    while (!waiting.said().includes('running')) await sleep(50);
    expect(await cli(['rollout', 'rollback', 'spam', '--reason', 'Too slow.'])).toMatchObject({ code: 0 });
    const ended = await waiting.ended;
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.out)).toMatchObject({ status: 'rolled_back', end_reason: expect.stringContaining('Too slow.') });
    expect(await cli(['rollout', 'pause', 'nowhere'])).toMatchObject({ code: 1, err: expect.stringContaining('nowhere') });
  });

  test('evaluate starts a run of the suite', async () => {
    await version('development');
    const ended = await cli(['evaluate', 'spam-filter', '1', '--json']);
    expect({ code: ended.code, err: ended.err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(ended.out)).toMatchObject({
      model: 'spam-filter',
      version: 1,
      status: expect.stringMatching(/queued|running/),
    });
  });
});

describe('what goes wrong is told, each with its code', { timeout: 60_000 }, () => {
  test.each([
    [[], 2, 'Usage'],
    [['destroy'], 2, 'There is no command destroy'],
    [['promote', 'm'], 2, 'promote takes 2 words'],
    [['promote', 'm', 'x', '--to', 'production', '--reason', 'because'], 2, 'x is no version'],
    [['promote', 'm', '1', '--wait'], 2, '--to STAGE --reason TEXT'],
    [['promote', 'm', '1', '--colour', 'red'], 2, '--colour'],
    [['whatwas', '--at', 'yesterday'], 2, 'is no time'],
    [['whatwas', '--timeout', 'soon'], 2, 'is no duration'],
    [['whatwas', '--url', 'ftp://x'], 2, 'is no address'],
  ])('%j', async (args, code, words) => {
    const ended = await cli(args);
    expect(ended.code).toBe(code);
    expect(ended.out + ended.err).toContain(words);
  });

  test('no token, a wrong one, one without the right', async () => {
    expect(await cli(['whatwas'], { STAGECRAFT_TOKEN: '' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('STAGECRAFT_TOKEN'),
    });
    const wrong = 'sc_this-is-no-token-of-ours';
    const refused = await cli(['whatwas'], { STAGECRAFT_TOKEN: wrong });
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('read from STAGECRAFT_TOKEN') });
    expect(refused.err).not.toContain(wrong);
    const poor = await tokenWith(['project:read']);
    expect(await cli(['whatwas'], { STAGECRAFT_TOKEN: poor })).toMatchObject({
      code: 1,
      err: expect.stringContaining('audit:read'),
    });
  });

  test('nobody there, and somebody else', async () => {
    const nobody = await cli(['whatwas', '--url', 'http://127.0.0.1:9']);
    expect(nobody).toMatchObject({ code: 4, err: expect.stringContaining('does not answer') });
    const help = await cli(['whatwas', '--help']);
    expect(help).toMatchObject({ code: 0, out: expect.stringContaining('--prediction') });
  });
});
