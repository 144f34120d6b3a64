import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config } from '#server/config.ts';
import { hashToken } from '#server/platform/crypto/tokens.ts';
import { db } from '#server/platform/db/client.ts';
import { databaseUrl } from '#server/platform/db/url.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import { createProject } from '#server/testing/factories.ts';
import { SPAM_SIGNATURE, spamGraph } from '#server/testing/graphs.ts';

// A real gateway process with a real inference worker and a real database: what is answered is right, and is logged.

const token = `sc_${randomBytes(16).toString('hex')}`;
let projectId: string;
let gateway: ChildProcess;
let url: string;

beforeAll(async () => {
  projectId = (await createProject()).id;
  const graph = await putObject(Buffer.from(spamGraph()), { mediaType: 'application/octet-stream' });
  const model = await db.model.create({ data: { projectId, name: 'spam-filter' } });
  const version = await db.modelVersion.create({
    data: {
      projectId,
      modelId: model.id,
      number: 1,
      source: 'upload',
      graphKey: graph.key,
      signature: SPAM_SIGNATURE,
      sizeBytes: 1n,
    },
  });
  await db.deployment.create({
    data: { projectId, modelId: model.id, name: 'spam-filter', primaryVersionId: version.id, plan: {} },
  });
  await db.apiToken.create({
    data: { projectId, name: 'test', hash: hashToken(token), prefix: 'sc_', scopes: ['predict', 'outcome:write'] },
  });
  ({ child: gateway, url } = await start());
});
afterAll(() => {
  gateway.kill('SIGKILL');
});

async function start(database = databaseUrl()): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(join(process.cwd(), 'server', 'gateway', 'main.ts'), [], {
    env: {
      NODE_ENV: 'production',
      STAGECRAFT_DATA: config.dataDir,
      DATABASE_URL: database,
      STAGECRAFT_GATEWAY_PORT: '0',
      STAGECRAFT_LOG_LEVEL: 'silent',
      STAGECRAFT_PROVIDERS: 'cpu',
      STAGECRAFT_INFERENCE_WORKERS: '1',
    },
  });
  const ready = await new Promise<{ url: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { url: string }));
    child.once('exit', (code) => reject(new Error(`the gateway ended with code ${code}`)));
  });
  return { child, url: ready.url };
}

type Answer = { status: number; body: { predictions: { label: string }[] } };
async function call(path: string, body: unknown): Promise<Answer> {
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
const predict = (id: string, body = 'win') => call('/v1/predict/spam-filter', { instance: { body }, request_id: id });
const stored = (prefix: string) =>
  db.prediction.count({ where: { projectId, requestId: { startsWith: prefix }, errorCode: null } });

async function workerPids(): Promise<number[]> {
  const rows = await db.process.findMany({ where: { kind: 'gateway', pid: gateway.pid ?? 0 } });
  const info = rows[0]?.info as { workers?: { pid: number }[] } | undefined;
  return info?.workers?.map((worker) => worker.pid) ?? [];
}

it('answers every request rightly while its worker and its database connections are killed', async () => {
  const pids = await workerPids();
  expect(pids).toHaveLength(1);
  const answers: Promise<Answer>[] = [];
  for (let i = 0; i < 400; i++) {
    answers.push(predict(`kill-${i}`, i % 2 ? 'win money' : 'the meeting'));
    if (i === 100) process.kill(pids[0] ?? 0, 'SIGKILL');
    if (i % 50 === 25) {
      await db.$executeRaw`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.catch(
        () => undefined,
      );
    }
    if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const all = await Promise.all(answers);
  expect(all.filter((answer) => answer.status !== 200)).toEqual([]);
  expect(all.map((answer) => answer.body.predictions[0]?.label)).toEqual(all.map((_, i) => (i % 2 ? 'spam' : 'ham')));
  await expect.poll(() => stored('kill-'), { timeout: 15_000 }).toBe(400);
}, 40_000);

it('loses nothing that it answered when it is killed itself, and starts without its database', async () => {
  let answered = 0;
  let stop = false;
  const callers = Array.from({ length: 8 }, async (_, caller) => {
    for (let i = 0; !stop; i++) {
      const reply = await predict(`died-${caller}-${i}`).catch(() => undefined);
      if (!reply) return;
      if (reply.status === 200) answered++;
    }
  });
  await new Promise((resolve) => setTimeout(resolve, 400));
  gateway.kill('SIGKILL');
  stop = true;
  await Promise.all(callers);
  expect(answered).toBeGreaterThan(20);

  // The next one finds no database, and still serves what was saved.
  ({ child: gateway, url } = await start('postgresql://nobody@127.0.0.1:1/none'));
  expect((await predict('alone-1', 'win')).body.predictions[0]?.label).toBe('spam');
  expect((await call('/v1/outcomes', [{ request_id: 'alone-1', label: 'spam' }])).status).toBe(202);
  const ended = new Promise((resolve) => gateway.once('exit', resolve));
  gateway.kill('SIGTERM');
  expect(await ended).toBe(0);

  // With the database back, all that was ever answered is stored.
  ({ child: gateway, url } = await start());
  await expect.poll(() => stored('died-'), { timeout: 15_000 }).toBeGreaterThanOrEqual(answered);
  await expect.poll(() => stored('alone-'), { timeout: 15_000 }).toBe(1);
  expect(await db.outcome.findFirst({ where: { projectId, requestId: 'alone-1' } })).toMatchObject({ label: 'spam' });
}, 60_000);
