import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findMails, thinOut } from '#server/cli/demo/corpus.ts';
import { hashToken } from '#server/platform/crypto/tokens.ts';
import { db } from '#server/platform/db/client.ts';
import { putObjectFile } from '#server/platform/storage/objects.ts';
import { trainClassifier } from '#server/training/classifier.ts';
import { startDatabase } from './database-fixture.ts';

export const WORDS = 43;
const TRAINING_MAILS = 1_200;
const TEXTS = 64;

/** A gateway as it runs in production, over a database of its own, that serves a text classifier trained on mail. */
export type Fixture = {
  origin: string;
  token: string;
  texts: string[];
  modelPath: string;
  logged(): Promise<number>;
  stop(): Promise<void>;
};

export async function startFixture(): Promise<Fixture> {
  const { folder, url, stop } = await startDatabase();

  const { graph, signature, texts } = await train();
  const modelPath = join(folder, 'model.onnx');
  writeFileSync(modelPath, graph);
  writeFileSync(`${modelPath}.stored`, graph);
  const { key, size } = await putObjectFile(`${modelPath}.stored`, { mediaType: 'application/octet-stream' });
  const token = `sc_${randomBytes(32).toString('base64url')}`;
  const project = await db.project.create({ data: { name: 'bench', title: 'Bench' } });
  const model = await db.model.create({ data: { projectId: project.id, name: 'spam-filter' } });
  const version = await db.modelVersion.create({
    data: {
      projectId: project.id,
      modelId: model.id,
      number: 1,
      source: 'upload',
      graphKey: key,
      signature,
      sizeBytes: BigInt(size),
      stage: 'production',
    },
  });
  await db.deployment.create({
    data: {
      projectId: project.id,
      modelId: model.id,
      name: 'spam-filter',
      primaryVersionId: version.id,
      primarySince: new Date(),
      plan: {},
    },
  });
  await db.apiToken.create({
    data: {
      projectId: project.id,
      name: 'bench',
      hash: hashToken(token),
      prefix: token.slice(0, 9),
      scopes: ['predict', 'outcome:write'],
    },
  });

  const gateway = fork(join(process.cwd(), 'server', 'gateway', 'main.ts'), [], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      STAGECRAFT_DATA: folder,
      DATABASE_URL: url,
      STAGECRAFT_GATEWAY_PORT: '0',
      STAGECRAFT_LOG_LEVEL: 'warn',
      STAGECRAFT_PROVIDERS: 'cpu',
    },
  });
  const ready = (await message(gateway, 'ready')) as { url: string };
  return {
    origin: ready.url,
    token,
    texts,
    modelPath,
    logged: () => db.prediction.count({ where: { projectId: project.id } }),
    stop: async () => {
      const ended = new Promise((resolve) => gateway.once('exit', resolve));
      gateway.kill('SIGTERM');
      await ended;
      await stop();
    },
  };
}

/** The built-in classifier on bodies of mail, and texts of `WORDS` words to ask it about. */
async function train() {
  const mails = thinOut(await findMails(), TRAINING_MAILS);
  const bodies = await Promise.all(mails.map(async (mail) => bodyOf(await readFile(mail.path, 'latin1'))));
  const training = trainClassifier({
    features: [{ name: 'body', kind: 'text' }],
    columns: { body: bodies },
    labels: mails.map((mail) => mail.label),
    params: { ngramMax: 2, vocabularySize: 20_000, l2: 1, classWeight: 'none', epochs: 30 },
    seed: 1,
  });
  let step = training.next();
  while (!step.done) step = training.next();
  const words = bodies.map((body) => body.split(/\s+/).filter(Boolean)).filter((list) => list.length >= WORDS);
  const texts = words.slice(0, TEXTS).map((list) => list.slice(0, WORDS).join(' '));
  return { ...step.value, texts };
}

function bodyOf(mail: string): string {
  const [, ...body] = mail.split(/\r?\n\r?\n/);
  return body.join('\n').slice(0, 20_000);
}

/** The next message of this type that a child sends; rejects when it ends before. */
export function message(child: ChildProcess, type: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`The process ended with code ${code} before it said ${type}.`));
    child.once('exit', onExit);
    child.on('message', function listen(value: { type: string }) {
      if (value.type !== type) return;
      child.off('message', listen);
      child.off('exit', onExit);
      resolve(value);
    });
  });
}
