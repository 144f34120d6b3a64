import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { behaviourDataSchema, robustnessDataSchema } from '#server/domain/behaviour/section.schema.ts';
import { testTextSchema } from '#server/domain/behaviour/test.schema.ts';
import type { SectionContext } from '#server/features/evaluations/section-context.schema.ts';
import { suiteSettingsSchema } from '#server/features/evaluations/suite.schema.ts';
import { closeClient } from '#server/inference/client.ts';
import { db } from '#server/platform/db/client.ts';
import { objectPath, putObject } from '#server/platform/storage/objects.ts';
import { callerWithRole } from '#server/testing/caller.ts';
import { createScope, type TestProject } from '#server/testing/factories.ts';
import { SPAM_SIGNATURE, spamGraph } from '#server/testing/graphs.ts';
import { addTraffic, createDatasetVersion, createModel, createVersion, type LabeledRow } from '#server/testing/model-rows.ts';
import { behaviourRest } from './behaviour.rest.ts';
import { runBehaviourSection, runRobustnessSection } from './behaviour.service.ts';
import { checkTests, runTests } from './checks.service.ts';
import { exportTests, importTests } from './exchange.service.ts';
import { addRegression, addRegressionRows, getRegressionOf } from './regressions.service.ts';
import { scoreOf } from './scoring.service.ts';
import { listTests, saveTests } from './tests.service.ts';

const MODEL = 'spam-filter';
let project: TestProject;
let scope: ProjectScope;
let model: Awaited<ReturnType<typeof createModel>>;
let version: Awaited<ReturnType<typeof createVersion>>;

beforeEach(async () => {
  ({ project, scope } = await createScope('scientist'));
  model = await createModel(project);
  const stored = await putObject(Buffer.from(spamGraph()), { mediaType: 'application/onnx' });
  version = await createVersion(model, { graphKey: stored.key, signature: SPAM_SIGNATURE });
});
afterAll(() => closeClient());

const text = (value: Record<string, unknown>) =>
  testTextSchema.parse({ kind: 'minimum', input: { body: 'win money' }, expect: 'spam', ...value });
const fresh = (value: Record<string, unknown> = {}) => ({ ...text(value), id: null, version: null });
const write = (rows: ReturnType<typeof fresh>[]) => saveTests(scope, { model: MODEL, rows, removed: [] });

describe('rows of tests', () => {
  it('are written, changed and removed together, with their words in the record', async () => {
    const { saved } = await write([fresh({ name: 'prizes' }), fresh({ input: { body: 'the meeting' }, expect: 'ham' })]);
    const [first, second] = saved as [{ id: string; version: number }, { id: string; version: number }];
    await saveTests(scope, { model: MODEL, rows: [{ ...text({ name: 'money' }), ...first }], removed: [second] });
    const { tests, fields, classes, mayWrite } = await listTests(scope, MODEL);
    expect(tests).toMatchObject([{ id: first.id, name: 'money', version: 2, updatedByName: scope.actor.name }]);
    expect({ fields, classes, mayWrite }).toEqual({ fields: SPAM_SIGNATURE.fields, classes: ['ham', 'spam'], mayWrite: true });
    const entries = await db.auditEntry.findMany({ where: { projectId: project.id, action: 'behaviour.tests.changed' } });
    const later = entries
      .map((entry) => entry.details as { counts?: { removed?: number } })
      .find((details) => details.counts?.removed === 1);
    expect(later).toMatchObject({
      changed: [{ before: { name: 'prizes' }, after: { name: 'money' } }],
      counts: { changed: 1, removed: 1 },
    });
  });

  it('somebody was faster: nothing is written, and who it was is said', async () => {
    const { saved } = await write([fresh({ name: 'prizes' })]);
    const seen = saved[0] as { id: string; version: number };
    await saveTests(scope, { model: MODEL, rows: [{ ...text({ name: 'theirs' }), ...seen }], removed: [] });
    const late = saveTests(scope, {
      model: MODEL,
      rows: [{ ...text({ name: 'mine' }), ...seen }, fresh({ name: 'new' })],
      removed: [],
    });
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(scope.actor.name) });
    expect((await listTests(scope, MODEL)).tests.map((test) => test.name)).toEqual(['theirs']);
    await expect(saveTests(scope, { model: MODEL, rows: [], removed: [seen] })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('come from a file and go into one', async () => {
    await write([fresh({ name: 'old' })]);
    const added = await importTests(scope, {
      model: MODEL,
      format: 'csv',
      replace: true,
      text: 'kind,name,input.body,expect\nMFT,new,win money,spam\nINV,case,win money,\n',
    });
    expect(added).toEqual({ added: 2, removed: 1, problems: [] });
    const file = await exportTests(scope, { model: MODEL, format: 'jsonl' });
    expect(
      file.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).name),
    ).toEqual(['new', 'case']);
    await expect(importTests(scope, { model: MODEL, format: 'csv', replace: true, text: 'a,b\n1,2\n' })).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('Line 1'),
    });
  });

  it('reviewers may write them, managers may only read', async () => {
    const input = { project: project.name, model: MODEL, rows: [fresh()], removed: [] };
    await (await callerWithRole(project, 'reviewer')).behaviour.save(input);
    const manager = await callerWithRole(project, 'manager');
    await expect(manager.behaviour.save(input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await manager.behaviour.list({ project: project.name, model: MODEL })).toMatchObject({
      tests: [{ kind: 'minimum' }],
      mayWrite: false,
    });
    const stranger = await callerWithRole((await createScope('scientist')).project, 'scientist');
    await expect(stranger.behaviour.list({ project: project.name, model: MODEL })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('answers', () => {
  it('of rows that aren’t saved yet, by the graph itself', async () => {
    const rows = [
      { ...text({}), id: 'a' },
      { ...text({ kind: 'invariance', expect: '', changes: 'upper; replace money -> gold' }), id: 'b' },
      { ...text({ kind: 'directional', expect: 'spam down', changes: 'append meeting' }), id: 'c' },
      { ...text({ expect: 'eggs' }), id: 'd' },
    ];
    const { results } = await checkTests(scope, { model: MODEL, number: version.number, rows });
    expect(results.map((result) => result.status)).toEqual(['passed', 'passed', 'passed', 'invalid']);
    expect(results[0]?.base?.confidence).toBeGreaterThan(0.5);
  });

  it('of 200 rows with their changes come in well under 5 s', async () => {
    await write(
      Array.from({ length: 200 }, (_, i) =>
        fresh({
          kind: 'invariance',
          expect: '',
          input: { body: `win money number ${i}` },
          changes: 'typos 5% x5; upper; lower; append "Thank you."; whitespace',
        }),
      ),
    );
    await runTests(scope, { model: MODEL, number: version.number });
    const started = performance.now();
    const data = await runTests(scope, { model: MODEL, number: version.number });
    expect(data.rows.reduce((sum, row) => sum + row.result.variants, 0)).toBeGreaterThan(1400);
    expect(performance.now() - started).toBeLessThan(2500);
  });
});

describe('programs', () => {
  const call = (index: number, body?: unknown) =>
    behaviourRest[index]?.handle({
      scope,
      params: { model: MODEL, number: String(version.number) },
      query: {},
      body,
      stream: undefined,
      headers: {},
      requestId: 'r',
    });

  it('put, list and run tests; what replaces leaves regression cases alone', async () => {
    await write([fresh({ name: 'old' }), fresh({ kind: 'regression' })]);
    expect(await call(1, { tests: [text({ name: 'new' }), text({ expect: 'ham' })], replace: true })).toMatchObject({
      removed: 1,
    });
    expect(await call(0)).toMatchObject({
      classes: ['ham', 'spam'],
      tests: [{ kind: 'regression' }, { name: 'new' }, { expect: 'ham' }],
    });
    expect(await call(2)).toMatchObject({
      version: version.number,
      pass_rate: { n: 2, estimate: 0.5 },
      regressions: { n: 1, failed: 0 },
      failures: [{ status: 'failed' }],
    });
    await expect(call(1, { tests: [{ kind: 'guess' }] })).rejects.toThrow();
  });
});

describe('regression cases', () => {
  async function predict() {
    const deployment = await db.deployment.create({ data: { projectId: project.id, name: 'mail', modelId: model.id, plan: {} } });
    await addTraffic(project, {
      deploymentId: deployment.id,
      rolloutId: null,
      modelVersionId: version.id,
      arm: 'primary',
      requests: 2,
      outcomes: 1,
      correct: 0,
    });
    const predictions = await db.prediction.findMany({ where: { projectId: project.id } });
    const known = await db.outcome.findFirstOrThrow({ where: { projectId: project.id } });
    const answered = predictions.find((row) => row.requestId === known.requestId);
    return { answered: answered?.id ?? '', open: predictions.find((row) => row.requestId !== known.requestId)?.id ?? '' };
  }

  it('a prediction becomes one with its outcome, once; without one a person says what is right', async () => {
    const { answered, open } = await predict();
    expect(await addRegression(scope, { predictionId: answered, expected: null })).toMatchObject({ made: true });
    expect(await addRegression(scope, { predictionId: answered, expected: null })).toMatchObject({ made: false });
    await expect(addRegression(scope, { predictionId: open, expected: null })).rejects.toMatchObject({ code: 'INVALID' });
    await addRegression(scope, { predictionId: open, expected: 'spam' });
    expect((await getRegressionOf(scope, answered)).test).toMatchObject({ expect: 'ham' });
    const data = await runTests(scope, { model: MODEL, number: version.number });
    expect(data.regressions).toEqual({ n: 2, failed: 1 });
    expect(data.overall).toBeNull();
  });

  it('rows of a dataset version become cases with their labels', async () => {
    const data = await createDatasetVersion(project, rowsOf(4));
    const input = { model: MODEL, datasetVersionId: data.id, rows: [1, 3] };
    expect(await addRegressionRows(scope, input)).toEqual({ made: 2, known: 0 });
    expect(await addRegressionRows(scope, { ...input, rows: [1, 2] })).toEqual({ made: 1, known: 1 });
    expect(
      (await listTests(scope, MODEL)).tests.map(({ expect: expected, origin }) => [
        expected,
        origin?.kind === 'row' && origin.row,
      ]),
    ).toEqual([
      ['ham', 1],
      ['ham', 3],
      ['spam', 2],
    ]);
  });
});

describe('sections of a suite run', () => {
  it('behaviour: the very words with what came out, facts and a table; the version in the stage beside it', async () => {
    await write([
      fresh({ name: 'prizes', severity: 'blocking' }),
      fresh({ kind: 'invariance', capability: 'names', expect: '', changes: 'replace money -> meeting' }),
      fresh({ enabled: false, expect: 'ham' }),
    ]);
    const section = await runBehaviourSection(scope, await context());
    const data = behaviourDataSchema.parse(section.data);
    expect(data).toMatchObject({
      overall: { n: 2, estimate: 0.5 },
      blocking: { n: 1, failed: 0 },
      rows: [{ name: 'prizes', incumbent: 'passed' }, { result: { status: 'failed' } }],
    });
    expect(section.facts.find((fact) => fact.path === 'behaviour.test."names".pass_rate')?.estimate).toBe(0);
    expect(section.tables[0]?.rows).toHaveLength(2);
  });

  it('robustness: flip rates against the clean rows; a crash is a finding', async () => {
    const ctx = await context();
    const section = await runRobustnessSection(scope, {
      ...ctx,
      score: (side, columns, n) => {
        if (columns.body?.some((cell) => cell === null)) throw new Error('body is null');
        return ctx.score(side, columns, n);
      },
    });
    const data = robustnessDataSchema.parse(section.data);
    expect(data.clean).toMatchObject({ n: 40, estimate: 1 });
    expect(data.rows.find((row) => row.id === 'case_upper')).toMatchObject({ flips: 0, accuracy: { estimate: 1 } });
    expect(data.rows.find((row) => row.id === 'missing')).toMatchObject({ n: 40, crashes: 40, flips: 40 });
    expect(section.problems[0]).toContain('body missing: the graph gives no answer to row');
    const typos = section.facts.find((fact) => fact.path === 'robustness.typos_10.flip_rate');
    expect(typos?.estimate).toBeGreaterThan(0);
    expect(typos?.upper).toBeGreaterThan(typos?.estimate ?? 1);
  });

  async function context(): Promise<SectionContext> {
    const rows = rowsOf(40);
    const side = {
      versionId: version.id,
      number: version.number,
      graphKey: version.graphKey,
      modelPath: await objectPath(version.graphKey),
      signature: SPAM_SIGNATURE,
      sizeBytes: 10,
    };
    const score = await scoreOf(version.graphKey, SPAM_SIGNATURE);
    const columns = { body: rows.map((row) => row.body) };
    return {
      model: { id: model.id, name: MODEL, positive: 'spam' },
      suite: suiteSettingsSchema.parse({}),
      task: 'classification',
      candidate: side,
      incumbent: side,
      gold: {
        datasetVersionId: '',
        split: 'test',
        dataset: 'mail',
        number: 1,
        n: 40,
        columns,
        kinds: { body: 'text' },
        truth: rows.map((row) => row.label),
        rowIds: rows.map((_, i) => i),
      },
      answers: { candidate: await score(columns, 40), incumbent: null },
      score: (_, changed, n) => score(changed, n),
      brief: null,
      seed: 0,
      progress: () => undefined,
    };
  }
});

function rowsOf(n: number): LabeledRow[] {
  return Array.from({ length: n }, (_, i) => ({
    id: `mail-${i}`,
    from: 'example.org',
    body: i % 2 === 0 ? `win the money of number ${i}` : `the meeting number ${i} is moved`,
    label: i % 2 === 0 ? 'spam' : 'ham',
    split: 'test',
  }));
}
