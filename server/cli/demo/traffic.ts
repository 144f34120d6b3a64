import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { PredictAnswer } from './program.ts';
import type { ServedMail, Stage } from './stage.ts';
import { insist, MODEL, PROJECT, truthOf, until } from './stage.ts';

const CONCURRENT = 8;

/** The newest part of the dataset in order of delivery, from the Parquet file that anybody may download. */
export async function readProduction(stage: Stage, versionId: string): Promise<ServedMail[]> {
  const response = await stage.as.scientist.fetch(`/api/files/${PROJECT}/versions/${versionId}?format=parquet`);
  insist(response.ok, `The dataset version could not be downloaded (${response.status}).`);
  const file = join(tmpdir(), `stagecraft-demo-${crypto.randomUUID()}.parquet`);
  try {
    await writeFile(file, Buffer.from(await response.arrayBuffer()), { mode: 0o600 });
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const reader = await connection.runAndReadAll(
      `select id, subject, body, from_domain, strftime(received_at at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') as received
       from read_parquet($file) where _split = 'production' order by received_at, _row`,
      { file },
    );
    connection.closeSync();
    const text = (value: unknown) => (typeof value === 'string' ? value : null);
    return reader.getRowObjectsJS().map((row) => ({
      id: String(row.id),
      subject: text(row.subject),
      body: text(row.body),
      fromDomain: text(row.from_domain),
      receivedAt: String(row.received),
    }));
  } finally {
    await rm(file, { force: true });
  }
}

/**
 * Sends the next mails up to `end`, each once and in order, in small chunks; the true labels of a chunk follow after the next
 * one. After each chunk `pause` may wait, so that a rollout can look at what came in.
 * @returns answers by version
 */
export async function replay(
  stage: Stage,
  end: number,
  pause: () => Promise<void> = async () => {},
): Promise<Map<number, number>> {
  const byVersion = new Map<number, number>();
  const truth = truthOf(stage);
  let late: ServedMail[] = [];
  while (stage.sent < end) {
    const chunk = stage.production.slice(stage.sent, Math.min(end, stage.sent + stage.scale.chunk));
    const answers = await inParallel(chunk, (mail) => predict(stage, mail));
    for (const answer of answers) byVersion.set(answer.model_version, (byVersion.get(answer.model_version) ?? 0) + 1);
    stage.sent += chunk.length;
    await sendOutcomes(stage, late, truth);
    await logged(stage, stage.sent - chunk.length - 1 - stage.scale.ahead);
    late = chunk;
    await pause();
  }
  await sendOutcomes(stage, late, truth);
  await pause();
  return byVersion;
}

/** Waits until the log knows how one mail came out: a rollout is judged from there, and mail is quicker than the log. */
async function logged(stage: Stage, index: number): Promise<void> {
  const mail = stage.production[index];
  if (!mail) return;
  await until(
    `The outcome of ${mail.id} in the log`,
    () => stage.as.scientist.trpc.predictions.search.query({ project: PROJECT, requestId: mail.id, limit: 1 }),
    ({ predictions }) => predictions[0]?.outcome !== undefined && predictions[0].outcome !== null,
    60,
  );
}

function predict(stage: Stage, mail: ServedMail): Promise<PredictAnswer> {
  return stage.program.call(`/v1/predict/${MODEL}`, {
    instance: { subject: mail.subject, body: mail.body, from_domain: mail.fromDomain },
    request_id: mail.id,
    routing_key: mail.id,
    event_time: mail.receivedAt,
  }) as Promise<PredictAnswer>;
}

async function sendOutcomes(stage: Stage, mails: ServedMail[], truth: Map<string, string>): Promise<void> {
  if (mails.length === 0) return;
  await stage.program.call('/v1/outcomes', {
    outcomes: mails.map((mail) => ({ request_id: mail.id, label: truth.get(mail.id), event_time: mail.receivedAt })),
  });
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const lane = async () => {
    for (let i = next++; i < items.length; i = next++) {
      const item = items[i];
      if (item !== undefined) results[i] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENT, items.length) }, lane));
  return results;
}
