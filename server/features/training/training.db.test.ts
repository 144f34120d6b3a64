import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { buildVersion } from '#server/features/datasets/build.service.ts';
import type { ImportColumn } from '#server/features/datasets/columns.schema.ts';
import { createDataset } from '#server/features/datasets/datasets.service.ts';
import type { Split } from '#server/features/datasets/recipe.schema.ts';
import { receiveUpload } from '#server/features/datasets/uploads.service.ts';
import { readAnswers } from '#server/features/experiments/evaluation.service.ts';
import { recordRun, startRun } from '#server/features/experiments/recording.service.ts';
import { getRunGraph } from '#server/features/experiments/runs.service.ts';
import { closeClient } from '#server/inference/client.ts';
import { log } from '#server/log.ts';
import { db } from '#server/platform/db/client.ts';
import type { JobContext } from '#server/platform/queue/queue.ts';
import { callerFor, callerWithRole } from '#server/testing/caller.ts';
import { createScope, type TestProject, type TestUser } from '#server/testing/factories.ts';
import { trainTrial } from './trial.service.ts';

const PENGUINS = join(import.meta.dirname, '../../../node_modules/vega-datasets/data/penguins.json');
const PARTS: Split = {
  kind: 'random',
  seed: 7,
  parts: [
    { name: 'train', share: 0.7 },
    { name: 'test', share: 0.3 },
  ],
};
const SPACE = { ngramMax: [1 as const], vocabularySize: [100], l2: [0.1, 100], classWeight: ['none' as const] };
const FEATURES = [
  { name: 'Beak Length (mm)', kind: 'number' as const },
  { name: 'Body Mass (g)', kind: 'number' as const },
  { name: 'Island', kind: 'category' as const },
];

let project: TestProject;
let user: TestUser;
let scope: ProjectScope;
const context = (over: Partial<JobContext> = {}): JobContext => ({
  signal: new AbortController().signal,
  log,
  jobId: 'test',
  lastAttempt: false,
  ...over,
});
const me = () => callerFor(user);
const p = () => ({ project: project.name });

async function dataset(name: string, bytes: Buffer | string, columns: ImportColumn[], split: Split = PARTS) {
  const file = await receiveUpload(scope, { filename: `${name}.json`, body: Readable.from([Buffer.from(bytes)]) });
  const { versionId } = await createDataset(scope, {
    name,
    description: '',
    note: '',
    uploadId: file.id,
    format: 'jsonl',
    columns,
    split,
  });
  await buildVersion(scope, versionId, { signal: new AbortController().signal, log });
}

beforeAll(async () => {
  ({ project, user, scope } = await createScope('scientist'));
  const rows = JSON.parse(readFileSync(PENGUINS, 'utf8')) as Record<string, unknown>[];
  const lines = rows.map((row) => JSON.stringify(row)).join('\n');
  const columns: ImportColumn[] = [
    { name: 'Species', kind: 'label' },
    { name: 'Island', kind: 'category' },
    { name: 'Beak Length (mm)', kind: 'number' },
    { name: 'Body Mass (g)', kind: 'number' },
  ];
  await dataset('penguins', lines, columns);
  await dataset('undivided', lines, columns, { kind: 'none' });
  await dataset('one-class', rows.map((row) => JSON.stringify({ ...row, Species: 'Adelie' })).join('\n'), columns);
  await me().experiments.create({ ...p(), name: 'species' });
}, 60_000);

afterAll(closeClient);

function launch(over: object = {}) {
  return me().training.launch({
    ...p(),
    experiment: 'species',
    dataset: 'penguins',
    version: 1,
    features: FEATURES,
    space: SPACE,
    ...over,
  });
}

describe('a launch', () => {
  test('trains each trial, keeps curves and graph, and evaluates the graph on the test part', async () => {
    const { launch: name, runs } = await launch();
    expect(runs).toHaveLength(2);
    expect(await me().training.launches({ ...p(), experiment: 'species' })).toMatchObject([
      { name, trials: { total: 2, queued: 2 }, endedAt: null },
    ]);
    for (const run of runs) await trainTrial(scope, run.id, context());

    const listed = await me().experiments.runs({ ...p(), experiment: 'species', launch: name });
    expect(listed.map((run) => [run.status, run.params.l2])).toEqual([
      ['finished', '0.1'],
      ['finished', '100'],
    ]);
    expect(listed[0]?.metrics['test.accuracy']).toBeGreaterThan(0.9);
    const [done] = await me().training.launches({ ...p(), experiment: 'species' });
    expect(done).toMatchObject({ trials: { finished: 2 }, dataset: { name: 'penguins', number: 1 } });
    expect(done?.endedAt).toBeInstanceOf(Date);

    const run = await me().experiments.run({ ...p(), experiment: 'species', run: listed[0]?.name ?? '' });
    expect(run.environment).toMatchObject({ node: process.versions.node, onnxruntime: expect.stringMatching(/^\d/) });
    expect(run.signature?.classes).toEqual(['Adelie', 'Chinstrap', 'Gentoo']);
    const [evaluation] = run.evaluations;
    expect(evaluation).toMatchObject({ split: 'test', summary: { rows: 104 } });
    expect(evaluation?.summary.slices.map((slice) => slice.value)).toContain('Biscoe');
    expect(await readAnswers(scope, evaluation?.id ?? '')).toHaveLength(104);
    expect(await getRunGraph(scope, run.id)).toMatchObject({ status: 'finished', graph: { key: run.artifacts[0]?.key } });

    const curves = await me().experiments.history({ ...p(), runIds: runs.map((one) => one.id), keys: ['train.loss'] });
    expect(curves).toHaveLength(2);
    const loss = curves[0]?.points.map((point) => point.value) ?? [];
    expect(loss.length).toBeGreaterThan(3);
    expect(loss.at(-1)).toBeLessThan(loss[0] ?? 0);
  });

  test('can be compared: what differs, and row by row', async () => {
    const [first, second] = await me().experiments.runs({ ...p(), experiment: 'species', status: 'finished' });
    const names = [first?.name ?? '', second?.name ?? ''];
    const found = await me().experiments.compare({ ...p(), experiment: 'species', runs: names });
    expect(found.params.filter((param) => param.differs).map((param) => param.key)).toEqual(['l2']);
    expect(found).toMatchObject({ baseline: names[0], sameRows: true, pairs: [{ run: names[1], comparison: { rows: 104 } }] });
    const { accuracy } = found.pairs[0]?.comparison ?? { accuracy: null };
    expect(accuracy?.difference?.estimate).toBeCloseTo((accuracy?.candidate ?? 0) - (accuracy?.baseline ?? 0), 12);
    await expect(
      me().experiments.compare({ ...p(), experiment: 'species', runs: [names[0] ?? '', names[0] ?? ''] }),
    ).rejects.toThrow(/only once/);
    await expect(me().experiments.compare({ ...p(), experiment: 'species', runs: ['nobody'] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('that is cut off begins anew and arrives at the same graph', async () => {
    const { runs } = await launch({ space: { ...SPACE, l2: [0.1] } });
    const id = runs[0]?.id ?? '';
    await startRun(scope, id, {});
    await recordRun(scope, id, {
      points: [{ key: 'stale', step: 1, value: 1 }],
      progress: { share: 0.5, doing: '', step: 1, total: 2 },
    });
    const killed = new AbortController();
    killed.abort('shutdown');
    await expect(trainTrial(scope, id, context({ signal: killed.signal }))).rejects.toBe('shutdown');
    expect(await db.run.findUnique({ where: { id } })).toMatchObject({ status: 'running' });
    await trainTrial(scope, id, context());
    const again = await getRunGraph(scope, id);
    const [before] = await db.run.findMany({
      where: { projectId: scope.projectId, status: 'finished', id: { not: id } },
      orderBy: { trial: 'asc' },
    });
    expect(again).toMatchObject({ status: 'finished' });
    expect(again.graph?.key).toBe((await getRunGraph(scope, before?.id ?? '')).graph?.key);
    expect(await db.runMetric.count({ where: { runId: id, key: 'stale' } })).toBe(0);
    await trainTrial(scope, id, context());
  });

  test('can be cancelled while it waits and while it runs', async () => {
    const { launch: name, runs } = await launch({ space: { ...SPACE, l2: [0.001, 0.002] }, epochs: 1000 });
    const [first, second] = runs;
    await me().training.cancelRun({ ...p(), experiment: 'species', run: second?.name ?? '' });
    await trainTrial(scope, second?.id ?? '', context());
    expect(await db.run.findUnique({ where: { id: second?.id ?? '' } })).toMatchObject({ status: 'canceled', startedAt: null });
    await startRun(scope, first?.id ?? '', {});
    expect(await me().training.cancelLaunch({ ...p(), experiment: 'species', launch: name })).toEqual({ canceled: 1 });
    await trainTrial(scope, first?.id ?? '', context());
    expect(await db.run.findUnique({ where: { id: first?.id ?? '' } })).toMatchObject({ status: 'canceled' });
    await expect(me().training.cancelLaunch({ ...p(), experiment: 'species', launch: name })).rejects.toThrow(/have ended/);
    await expect(me().training.cancelRun({ ...p(), experiment: 'species', run: first?.name ?? '' })).rejects.toThrow(
      /canceled already/,
    );
  });

  test('fails in plain words on data that can not be learned from', async () => {
    const { runs } = await launch({ dataset: 'one-class', space: { ...SPACE, l2: [1] } });
    const id = runs[0]?.id ?? '';
    await trainTrial(scope, id, context());
    expect(await db.run.findUnique({ where: { id } })).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('at least two classes'),
    });
  });

  test('is refused before it begins when the data or the settings do not fit', async () => {
    await expect(launch({ dataset: 'undivided' })).rejects.toThrow(/no rows in part test/);
    await expect(launch({ features: [{ name: 'Sex', kind: 'category' }] })).rejects.toThrow(/no column Sex/);
    await expect(launch({ features: [{ name: 'Island', kind: 'number' }] })).rejects.toThrow(/taken as a number/);
    await expect(launch({ experiment: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(launch({ version: 9 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const many = Array.from({ length: 10 }, (_, i) => i + 1);
    const text = { space: { ...SPACE, l2: many, vocabularySize: many.map((n) => n * 10), ngramMax: [1, 2] } };
    expect((await me().training.options({ ...p(), dataset: 'undivided', version: 1 })).problems).toHaveLength(1);
    await expect(launch({ ...text, features: [{ name: 'Island', kind: 'text' }] })).rejects.toThrow(/200 trials/);
  });

  test('needs the right to write runs', async () => {
    const reviewer = await callerWithRole(project, 'reviewer');
    await expect(reviewer.experiments.create({ ...p(), name: 'mine' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await reviewer.experiments.list(p())).toMatchObject([{ name: 'species', runs: { active: 0 } }]);
    await expect(me().experiments.create({ ...p(), name: 'species' })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
