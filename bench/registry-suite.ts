import { Readable } from 'node:stream';
import type { ProjectScope } from '#server/auth/actor.ts';
import { testTextSchema } from '#server/domain/behaviour/test.schema.ts';
import { saveTests } from '#server/features/behaviour/tests.service.ts';
import { buildVersion } from '#server/features/datasets/build.service.ts';
import { createDataset } from '#server/features/datasets/datasets.service.ts';
import { receiveUpload } from '#server/features/datasets/uploads.service.ts';
import { runSuite } from '#server/features/evaluations/finish-suite.service.ts';
import { getSuite, saveSuite } from '#server/features/evaluations/suite.service.ts';
import { getSuiteRun, requestSuiteRun } from '#server/features/evaluations/suite-runs.service.ts';
import { closeClient } from '#server/inference/client.ts';
import { log } from '#server/log.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import { trainClassifier } from '#server/training/classifier.ts';

export const ROWS = 1_100;
export const SLICES = 50;
export const DRAWS = 10_000;
export const CASES = 200;
const MODEL = 'suite-model';
const WORDS = 120;

type Row = { id: string; sender: string; body: string; label: string };

export type SuiteTiming = { seconds: number; slices: number; cases: number; sections: string[] };
export type SuiteFixture = { run(): Promise<SuiteTiming>; stop(): Promise<void> };

/** A model with two versions, 1,100 gold rows in 50 slices, and 200 behavioural cases; all sections of the suite run. */
export async function makeSuite(scope: ProjectScope): Promise<SuiteFixture> {
  const rows = Array.from({ length: 2 * ROWS }, (_, i) => rowOf(i));
  const goldVersionId = await uploadRows(scope, 'gold', rows.slice(0, ROWS));
  const datasetVersionId = await uploadRows(scope, 'training', rows.slice(ROWS));
  const model = await db.model.create({ data: { projectId: scope.projectId, name: MODEL, positive: 'spam' } });
  const ids: string[] = [];
  for (const [number, epochs] of [[1, 5] as const, [2, 30] as const]) {
    const { graph, signature } = train(rows.slice(ROWS), epochs);
    const { key, size } = await putObject(Buffer.from(graph), { mediaType: 'application/onnx' });
    const version = await db.modelVersion.create({
      data: {
        ...{
          projectId: scope.projectId,
          modelId: model.id,
          number,
          source: 'upload',
          stage: number === 1 ? 'production' : 'development',
        },
        ...{ graphKey: key, graphObjectKey: key, signature, sizeBytes: BigInt(size), datasetVersionId },
      },
    });
    ids.push(version.id);
  }
  await saveTests(scope, { model: MODEL, rows: Array.from({ length: CASES }, (_, i) => testOf(i)), removed: [] });
  const { settings, version } = await getSuite(scope, MODEL);
  const gold = [{ datasetVersionId: goldVersionId, split: null }];
  await saveSuite(scope, {
    model: MODEL,
    expectedVersion: version,
    settings: { ...settings, gold, slices: ['sender'], minSliceRows: 5, draws: DRAWS },
  });
  return { run: () => runOnce(scope, ids[1] ?? '', ids[0] ?? null), stop: closeClient };
}

async function runOnce(scope: ProjectScope, modelVersionId: string, incumbentId: string | null): Promise<SuiteTiming> {
  const { id } = await transaction((tx) => requestSuiteRun(tx, scope, { modelVersionId, incumbentId, reason: 'the bench' }));
  const started = performance.now();
  await runSuite(scope, id, new AbortController().signal);
  const seconds = (performance.now() - started) / 1000;
  const run = await getSuiteRun(scope, id);
  if (run.status !== 'done') throw new Error(`The suite ended as ${run.status}: ${run.error}`);
  const table = (name: string) => run.sections.flatMap(({ tables }) => tables).find((one) => one.name === name)?.rows ?? [];
  const cases = table('behaviour').reduce((sum, row) => sum + Number(row.n ?? 0), 0);
  return { seconds, slices: table('slices').length, cases, sections: run.sections.map(({ section }) => section) };
}

async function uploadRows(scope: ProjectScope, name: string, rows: readonly Row[]): Promise<string> {
  const body = Readable.from([Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))]);
  const { id: uploadId } = await receiveUpload(scope, { filename: 'rows.jsonl', body });
  const { versionId } = await createDataset(scope, {
    ...{ name, description: '', note: '', uploadId, format: 'jsonl' },
    columns: [
      { name: 'id', kind: 'key' },
      { name: 'sender', kind: 'category' },
      { name: 'body', kind: 'text' },
      { name: 'label', kind: 'label' },
    ],
    split: { kind: 'none' },
  });
  await buildVersion(scope, versionId, { signal: new AbortController().signal, log });
  return versionId;
}

function train(rows: readonly Row[], epochs: number) {
  const training = trainClassifier({
    features: [{ name: 'body', kind: 'text' }],
    columns: { body: rows.map((row) => row.body) },
    labels: rows.map((row) => row.label),
    params: { ngramMax: 2, vocabularySize: 20_000, l2: 1, classWeight: 'none', epochs },
    seed: 1,
  });
  let step = training.next();
  while (!step.done) step = training.next();
  return step.value;
}

/** Rows that can be told apart in part: a tenth of the words say which class it is. The same ones in every run. */
function rowOf(i: number): Row {
  const label = i % 3 === 0 ? 'spam' : 'ham';
  const words = Array.from({ length: WORDS }, (_, k) => {
    const draw = (i * 7919 + k * 104_729 + ((i * k) % 997) * 31) % 1_000;
    return draw % 10 === 0 ? `${label}${draw % 40}` : `word${draw}`;
  });
  return { id: `row-${i}`, sender: `sender-${i % SLICES}`, body: words.join(' '), label: i % 23 === 0 ? 'ham' : label };
}

function testOf(i: number) {
  const spam = i % 2 === 0;
  const expect = spam ? 'spam' : 'ham';
  const input = { body: `${expect}${i % 40} word${i} ${expect}${(i * 7) % 40} word${i * 3}` };
  const test = testTextSchema.parse({ kind: 'minimum', capability: 'vocabulary', name: `words ${i % 10}`, input, expect });
  return { ...test, id: null, version: null };
}
