import { rm } from 'node:fs/promises';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { comparisonDataSchema, operationDataSchema, performanceDataSchema } from '#server/domain/suite/sections.schema.ts';
import { closeClient } from '#server/inference/client.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { objectPath, putObject } from '#server/platform/storage/objects.ts';
import { createMember, createScope, scopeFor, type TestProject } from '#server/testing/factories.ts';
import { SPAM_SIGNATURE, spamGraph } from '#server/testing/graphs.ts';
import { createDatasetVersion, createModel, createVersion, type LabeledRow } from '#server/testing/model-rows.ts';
import { failSuite, runSuite } from './finish-suite.service.ts';
import { assertNoGoldRows, listGold, lockGold, releaseGold } from './gold.service.ts';
import { getSuite, saveSuite } from './suite.service.ts';
import {
  cancelSuiteRun,
  getSuiteRun,
  latestSuiteRun,
  listSuiteRuns,
  readSuiteAnswers,
  requestSuiteRun,
  startSuiteRun,
} from './suite-runs.service.ts';

const ROWS: LabeledRow[] = Array.from({ length: 240 }, (_, i) => ({
  id: `mail-${i}`,
  from: i % 2 === 0 ? 'example.org' : 'example.com',
  body: i % 4 === 0 ? 'win money now' : i % 4 === 1 ? 'win a prize' : 'the meeting is moved',
  label: i % 4 < 2 ? 'spam' : 'ham',
  split: i < 120 ? 'train' : 'test',
}));
const GOOD = spamGraph();
const POOR = spamGraph(['money', 'meeting'], [2, -3]);
const quiet = new AbortController().signal;

let project: TestProject;
let scope: ProjectScope;
let model: Awaited<ReturnType<typeof createModel>>;
let data: Awaited<ReturnType<typeof createDatasetVersion>>;

beforeEach(async () => {
  ({ project, scope } = await createScope('scientist'));
  model = await createModel(project);
  data = await createDatasetVersion(project, ROWS);
  // Only what gates need: these tests are about the suite's own sections.
  const { settings, version } = await getSuite(scope, 'spam-filter');
  const off = { on: false, settings: {} };
  await saveSuite(scope, {
    model: 'spam-filter',
    expectedVersion: version,
    settings: {
      ...settings,
      draws: 1000,
      timing: { rows: 20, batches: [4] },
      sections: { behaviour: off, robustness: off, fairness: off, explanation: off },
    },
  });
});
afterAll(() => closeClient());

async function version(graph: Uint8Array, stage = 'development', datasetVersionId = data.id) {
  const stored = await putObject(Buffer.from(graph), { mediaType: 'application/onnx' });
  return createVersion(model, { graphKey: stored.key, signature: SPAM_SIGNATURE, datasetVersionId, stage });
}

async function evaluate(number: number) {
  const { id } = await startSuiteRun(scope, { model: 'spam-filter', number, reason: 'to see' });
  await runSuite(scope, id, quiet);
  return getSuiteRun(scope, id);
}

describe('a run of the suite', () => {
  it('measures the version on the test part, against the one that serves', async () => {
    await version(POOR, 'production');
    const good = await version(GOOD);
    const run = await evaluate(good.number);
    expect(run).toMatchObject({
      status: 'done',
      error: null,
      version: { number: 2 },
      incumbent: { number: 1 },
      goldHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(run.sections.map(({ section }) => section)).toEqual(['performance', 'comparison', 'operation']);
    const performance = performanceDataSchema.parse(run.sections[0]?.data);
    expect(performance).toMatchObject({ rows: 120, gold: { dataset: 'mail', split: 'test', lockedBy: null }, failedRows: [] });
    expect(performance.slices.map(({ column, value }) => [column, value])).toEqual([
      ['from', 'example.com'],
      ['from', 'example.org'],
    ]);
    const facts = new Map(run.sections.flatMap(({ facts: own }) => own.map((fact) => [fact.path, fact])));
    expect(facts.get('f1.spam')).toMatchObject({ estimate: 1, n: 120 });
    expect(facts.get('overlap.rows')?.estimate).toBe(0);
    expect(facts.get('difference.accuracy')).toMatchObject({ estimate: 0.25, lower: expect.any(Number) });
    expect(facts.get('mcnemar.p')?.estimate).toBeLessThan(1e-6);
    expect(facts.get('latency.p99')?.unit).toBe('ms');
    const comparison = comparisonDataSchema.parse(run.sections[1]?.data);
    expect(comparison.metrics.find(({ path }) => path === 'f1.spam')).toMatchObject({ verdict: 'better', tested: true });
    expect(comparison.sentence).toContain('v2 is better by');
    expect(operationDataSchema.parse(run.sections[2]?.data).candidate.timings.map(({ size }) => size)).toEqual([1, 4]);
    expect(run.sections[0]?.tables.find(({ name }) => name === 'slices')?.rows[0]).toMatchObject({
      column: 'from',
      n: 60,
      accuracy: 1,
      f1: 1,
    });
    const answers = await readSuiteAnswers(scope, run.id);
    expect(answers).toHaveLength(120);
    expect(answers[1]).toMatchObject({ row: 121, truth: 'spam', candidate: { label: 'spam' }, incumbent: { label: 'ham' } });
    expect((await latestSuiteRun(scope, good.id))?.id).toBe(run.id);
    expect((await listSuiteRuns(scope, { model: 'spam-filter', limit: 10 }))[0]?.headline.map(({ path }) => path)).toContain(
      'f1.spam',
    );
  });

  it('gives the same figures when it runs again, and leaves an ended run alone', async () => {
    const good = await version(GOOD);
    const [first, second] = [await evaluate(good.number), await evaluate(good.number)];
    const figures = (run: typeof first) => JSON.stringify(run.sections[0]?.facts);
    expect(figures(second)).toBe(figures(first));
    await runSuite(scope, first.id, quiet);
    expect((await getSuiteRun(scope, first.id)).endedAt).toEqual(first.endedAt);
  });

  it('names the rows that the version learned from', async () => {
    const everything = await createDatasetVersion(
      project,
      ROWS.map((row) => ({ ...row, split: 'train' as const })),
      { dataset: 'mail' },
    );
    await version(GOOD);
    const { settings, version: at } = await getSuite(scope, 'spam-filter');
    await saveSuite(scope, {
      model: 'spam-filter',
      expectedVersion: at,
      settings: { ...settings, gold: [{ datasetVersionId: data.id, split: 'test' }] },
    });
    const run = await evaluate((await version(GOOD, 'development', everything.id)).number);
    expect(run.sections[0]?.facts.find(({ path }) => path === 'overlap.rows')?.estimate).toBe(120);
    expect(run.sections[0]?.problems[0]).toContain('learned from 120 of these rows (mail v2, by key id): rows 120, 121');
  });

  it('fails clearly when the graph is gone, and tells who asked', async () => {
    const good = await version(GOOD);
    await rm(await objectPath(good.graphKey));
    const run = await evaluate(good.number);
    expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining('isn’t in the store any more') });
    expect(run.sections).toEqual([]);
    expect(await db.auditEntry.count({ where: { projectId: project.id, action: 'evaluation.failed' } })).toBe(1);
  });

  it('can be stopped, and stays stopped', async () => {
    const good = await version(GOOD);
    const { id } = await startSuiteRun(scope, { model: 'spam-filter', number: good.number, reason: '' });
    await expect(startSuiteRun(scope, { model: 'spam-filter', number: good.number, reason: '' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await cancelSuiteRun(scope, id);
    await runSuite(scope, id, quiet);
    await failSuite(scope, id, new Error('late'));
    expect(await getSuiteRun(scope, id)).toMatchObject({ status: 'cancelled', may: { cancel: false } });
    await expect(cancelSuiteRun(scope, id)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('calls back the request that waits for it, however it ends', async () => {
    const good = await version(GOOD);
    const requestId = '0190aaaa-0000-7000-8000-000000000001';
    const { id } = await transaction((tx) =>
      requestSuiteRun(tx, scope, {
        modelVersionId: good.id,
        reason: 'promotion',
        requestId,
        gold: { datasetVersionId: data.id, split: 'train' },
      }),
    );
    await expect(cancelSuiteRun(scope, id)).rejects.toMatchObject({ code: 'CONFLICT' });
    await runSuite(scope, id, quiet);
    expect((await getSuiteRun(scope, id)).gold[0]?.split).toBe('train');
    const jobs = await db.$queryRaw<
      { n: bigint }[]
    >`select count(*) as n from pgboss.job where name = 'models.prepare-evidence' and data->>'requestId' = ${requestId}`;
    expect(Number(jobs[0]?.n)).toBe(1);
  });
});

describe('gold versions', () => {
  it('are locked with their hash, and keep their rows out of training until the lock is lifted', async () => {
    await lockGold(scope, { datasetVersionId: data.id, split: 'test', reason: 'judged every quarter' });
    await expect(lockGold(scope, { datasetVersionId: data.id, split: 'test', reason: 'again' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(lockGold(scope, { datasetVersionId: data.id, split: 'train', reason: 'oops' })).rejects.toMatchObject({
      code: 'INVALID',
    });
    await expect(assertNoGoldRows(scope, data.id)).resolves.toBeUndefined();
    const mixed = await createDatasetVersion(
      project,
      ROWS.map((row, i) => ({ ...row, split: i < 123 ? ('train' as const) : ('test' as const) })),
    );
    await expect(assertNoGoldRows(scope, mixed.id)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('trains on 3 rows of mail v1, test'),
      details: { rows: [120, 121, 122] },
    });
    const { locks } = await listGold(scope);
    expect(locks[0]).toMatchObject({
      dataset: 'mail',
      split: 'test',
      rows: 120,
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const run = await evaluate((await version(GOOD)).number);
    expect(run.gold[0]?.lockedBy).toBe(scope.actor.name);
    await releaseGold(scope, { id: locks[0]?.id ?? '', reason: 'no longer used' });
    await expect(assertNoGoldRows(scope, mixed.id)).resolves.toBeUndefined();
    expect(await db.auditEntry.count({ where: { projectId: project.id, action: { startsWith: 'gold.' } } })).toBe(2);
  });
});

describe('the suite of a model', () => {
  it('is changed by one at a time, and only by those who may', async () => {
    const { settings, version: at } = await getSuite(scope, 'spam-filter');
    await saveSuite(scope, { model: 'spam-filter', expectedVersion: at, settings: { ...settings, draws: 500 } });
    await expect(saveSuite(scope, { model: 'spam-filter', expectedVersion: at, settings })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const manager = scopeFor(project, await createMember(project, 'manager'), 'manager');
    expect((await getSuite(manager, 'spam-filter')).may).toEqual({ run: false, edit: false, lock: false });
    await expect(startSuiteRun(manager, { model: 'spam-filter', number: 1, reason: '' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});
