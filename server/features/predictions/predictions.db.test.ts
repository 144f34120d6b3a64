import { beforeAll, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { LoggedOutcome, LoggedPrediction } from '#server/features/predictions/log.schema.ts';
import { lineHead, predictionLine } from '#server/features/predictions/log-line.schema.ts';
import {
  armStatistics,
  saveLines,
  saveLog,
  saveOutcomes,
  trafficBuckets,
} from '#server/features/predictions/predictions.service.ts';
import {
  getPrediction,
  getRequest,
  listPredictionFacets,
  searchPredictions,
} from '#server/features/predictions/search.service.ts';
import { readWindow, servedExtent, touchedDays } from '#server/features/predictions/windows.service.ts';
import { uuid7 } from '#server/gateway/ids.ts';
import { db } from '#server/platform/db/client.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import { createScope } from '#server/testing/factories.ts';
import { SPAM_SIGNATURE } from '#server/testing/graphs.ts';

type World = Awaited<ReturnType<typeof createWorld>>;
let world: World;
let scope: ProjectScope;
beforeAll(async () => {
  world = await createWorld();
  scope = world.scope;
});

/** A project with a dataset, a run, two versions of a model, one approval and a deployment. */
async function createWorld() {
  const { scope } = await createScope('scientist');
  const { projectId } = scope;
  const graph = await putObject('graph', { mediaType: 'application/octet-stream' });
  const dataset = await db.dataset.create({ data: { projectId, name: 'mail' } });
  const parent = await db.datasetVersion.create({
    data: { projectId, datasetId: dataset.id, number: 1, recipe: {}, rowCount: 10, status: 'ready' },
  });
  const lineage = [{ type: 'labeling_project', id: uuid7(1), name: 'first-labels' }];
  const data = await db.datasetVersion.create({
    data: {
      projectId,
      datasetId: dataset.id,
      number: 2,
      recipe: {},
      rowCount: 1_234,
      status: 'ready',
      parentId: parent.id,
      lineage,
    },
  });
  const experiment = await db.experiment.create({ data: { projectId, name: 'text' } });
  const run = await db.run.create({
    data: { projectId, experimentId: experiment.id, name: 'calm-otter', datasetVersionId: data.id },
  });
  const model = await db.model.create({ data: { projectId, name: 'spam-filter' } });
  const common = { projectId, modelId: model.id, source: 'run', graphKey: graph.key, signature: SPAM_SIGNATURE, sizeBytes: 5n };
  const v1 = await db.modelVersion.create({
    data: { ...common, number: 1, runId: run.id, datasetVersionId: data.id, stage: 'production' },
  });
  const v2 = await db.modelVersion.create({ data: { ...common, number: 2 } });
  const request = await db.promotionRequest.create({
    data: {
      projectId,
      modelVersionId: v1.id,
      targetStage: 'production',
      status: 'completed',
      reason: 'good',
      evaluationSplit: {},
      requestedByName: 'Sam',
      decidedByName: 'Rita',
    },
  });
  const deployment = await db.deployment.create({
    data: { projectId, modelId: model.id, name: 'spam-filter', primaryVersionId: v1.id, plan: {} },
  });
  return { scope, projectId, deploymentId: deployment.id, v1: v1.id, v2: v2.id, request, run };
}

let clock = Date.parse('2026-03-01T00:00:00Z');
function prediction(o: Partial<LoggedPrediction> = {}): LoggedPrediction {
  clock += 1_000;
  const at = new Date(clock).toISOString();
  const id = uuid7(clock);
  return {
    id,
    projectId: world.projectId,
    requestId: id,
    index: 0,
    deploymentId: world.deploymentId,
    modelVersionId: world.v1,
    rolloutId: null,
    arm: 'primary',
    routingKey: null,
    at,
    eventTime: at,
    input: { body: 'win money' },
    output: { spam: 0.9, ham: 0.1 },
    label: 'spam',
    confidence: 0.9,
    errorCode: null,
    latencyMs: 2,
    queueMs: 0.1,
    batchSize: 1,
    provider: 'cpu',
    tokenId: null,
    ...o,
  };
}
function outcome(requestId: string, label: string, o: Partial<LoggedOutcome> = {}): LoggedOutcome {
  const at = new Date(clock).toISOString();
  return { id: uuid7(clock), projectId: world.projectId, requestId, index: 0, label, at, eventTime: at, source: 'api', ...o };
}
const ship = (predictions: LoggedPrediction[], outcomes: LoggedOutcome[] = []) =>
  saveLog({ predictions: JSON.stringify(predictions), outcomes: JSON.stringify(outcomes) });

/** As the gateway writes it into its spool. */
const lines = (rows: LoggedPrediction[]) =>
  Buffer.from(
    rows
      .map((row) => {
        const output = row.output && JSON.stringify(row.output);
        return predictionLine(lineHead(row), { ...row, input: JSON.stringify(row.input), output });
      })
      .join(''),
  );

describe('the log as lines of the spool', () => {
  const odd = { body: 'Grüße "quoted" \\ 😀\n\ttab\r\\N', nested: [1, null, { a: '\\' }] };

  it('is stored once however often it is shipped, texts and all', async () => {
    const rows = [
      prediction({ requestId: 'l\\ine', input: odd, routingKey: 'a\tb', confidence: 1e-7 }),
      prediction({ requestId: 'l\\ine', index: 1, output: null, label: null, confidence: null }),
    ];
    expect(await saveLines(lines(rows))).toBe(2);
    const stored = await getRequest(scope, 'l\\ine');
    expect(stored.map((row) => row.index)).toEqual([0, 1]);
    expect(stored[0]).toMatchObject({ input: odd, routingKey: 'a\tb', confidence: 1e-7, label: 'spam' });
    expect(stored[0]?.eventTime.toISOString()).toBe(rows[0]?.eventTime);
    expect(stored[1]).toMatchObject({ label: null, confidence: null, errorCode: null });
    // Known ones among new ones: the known stay as they are, by copy and, from then on, by merging.
    for (const requestId of ['l2', 'l3']) {
      const again = [{ ...(rows[0] as LoggedPrediction), label: 'ham' }, prediction({ requestId })];
      expect(await saveLines(lines(again))).toBe(2);
      expect(await getRequest(scope, requestId)).toHaveLength(1);
    }
    expect((await getRequest(scope, 'l\\ine'))[0]?.label).toBe('spam');
  });

  it.each([
    ['a wrong time', { at: 'never' }],
    ['a character that the database has none for', { label: 'a\0b' }],
    ['a wrong id', { id: 'x' }],
  ])('says INVALID for %s, and stores none of the piece', async (_what, fields) => {
    const bad = prediction(fields);
    const good = prediction({ requestId: `beside ${bad.id}` });
    await expect(saveLines(lines([good, bad]))).rejects.toMatchObject({ code: 'INVALID' });
    await expect(saveLines(Buffer.from('half a line\n'))).rejects.toMatchObject({ code: 'INVALID' });
    await expect(getRequest(scope, good.requestId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await saveLines(lines([good]))).toBe(1);
  });
});

describe('the log', () => {
  it('is stored once however often it is shipped, texts and all', async () => {
    const rows = [
      prediction({ requestId: 'once', input: { body: 'Grüße "quoted" \\ 😀\n' } }),
      prediction({ requestId: 'once', index: 1 }),
    ];
    await ship(rows);
    await ship(rows);
    const stored = await getRequest(scope, 'once');
    expect(stored.map((row) => row.index)).toEqual([0, 1]);
    expect(stored[0]?.input).toEqual({ body: 'Grüße "quoted" \\ 😀\n' });
    expect(stored[0]?.eventTime.toISOString()).toBe(rows[0]?.eventTime);
  });

  it('says INVALID when a line is at fault, and stores none of the piece', async () => {
    const good = prediction({ requestId: 'good' });
    await expect(ship([good, prediction({ at: 'never' })])).rejects.toMatchObject({ code: 'INVALID' });
    await expect(getRequest(scope, 'good')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('joins an outcome that came before its prediction', async () => {
    await ship([], [outcome('early', 'ham')]);
    await ship([prediction({ requestId: 'early' })]);
    expect((await getRequest(scope, 'early'))[0]).toMatchObject({ outcome: 'ham', correct: false });
  });

  it('stores outcomes all or none, and knows repetition from contradiction', async () => {
    await ship([prediction({ requestId: 'o1' }), prediction({ requestId: 'o2' })]);
    expect(await saveOutcomes([outcome('o1', 'spam')])).toEqual({ stored: 1, repeated: 0, conflicts: [] });
    expect(await saveOutcomes([outcome('o1', 'spam'), outcome('o2', 'ham')])).toEqual({ stored: 1, repeated: 1, conflicts: [] });
    const refused = await saveOutcomes([outcome('o3', 'ham'), outcome('o1', 'ham')]);
    expect(refused).toEqual({
      stored: 0,
      repeated: 0,
      conflicts: [{ request_id: 'o1', index: 0, stored: 'spam', given: 'ham' }],
    });
    expect(await db.outcome.count({ where: { projectId: world.projectId, requestId: 'o3' } })).toBe(0);
    const twice = await saveOutcomes([outcome('o4', 'ham'), outcome('o4', 'spam')]);
    expect(twice.conflicts).toHaveLength(1);
  });
});

describe('search', () => {
  beforeAll(async () => {
    const rows = Array.from({ length: 7 }, (_, i) =>
      prediction({
        requestId: `s-${i}`,
        modelVersionId: i < 5 ? world.v1 : world.v2,
        arm: i < 5 ? 'primary' : 'canary',
        label: i % 2 ? 'ham' : 'spam',
      }),
    );
    await ship([
      ...rows,
      prediction({ requestId: 's-failed', label: null, output: null, confidence: null, errorCode: 'MODEL_CRASHED' }),
    ]);
    await saveOutcomes([outcome('s-0', 'spam'), outcome('s-1', 'spam')]);
  });
  const ids = async (input: Partial<Parameters<typeof searchPredictions>[1]>) =>
    (await searchPredictions(scope, { limit: 50, clock: 'arrival', ...input })).predictions.map((row) => row.requestId);

  it('finds by request id, prediction id, version, arm, label and result', async () => {
    expect(await ids({ requestId: 's-3' })).toEqual(['s-3']);
    const [found] = await getRequest(scope, 's-3');
    expect(await ids({ requestId: found?.id.toUpperCase() })).toEqual(['s-3']);
    expect(await ids({ version: 2 })).toEqual(['s-6', 's-5']);
    expect(await ids({ arm: 'canary', label: 'ham' })).toEqual(['s-5']);
    expect(await ids({ result: 'failed' })).toEqual(['s-failed']);
    expect(await ids({ result: 'right', requestId: 's-0' })).toEqual(['s-0']);
    expect(await ids({ result: 'wrong', requestId: 's-1' })).toEqual(['s-1']);
    expect(await ids({ result: 'open', requestId: 's-0' })).toEqual([]);
    expect(await ids({ deployment: 'other' })).toEqual([]);
  });

  it('pages without gaps or repetition', async () => {
    const all = await ids({ limit: 200 });
    const paged: string[] = [];
    let cursor: { at: Date; id: string } | undefined;
    do {
      const page = await searchPredictions(scope, { limit: 3, clock: 'arrival', ...(cursor ? { cursor } : {}) });
      paged.push(...page.predictions.map((row) => row.requestId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(paged).toEqual(all);
  });

  it('finds by event time', async () => {
    await ship([prediction({ requestId: 'old-mail', eventTime: '2002-08-22T11:17:22.000Z' })]);
    const from = new Date('2002-08-01T00:00:00Z');
    expect(await ids({ clock: 'event', from, to: new Date('2002-09-01T00:00:00Z') })).toEqual(['old-mail']);
    expect(await ids({ clock: 'arrival', to: new Date('2003-01-01T00:00:00Z') })).toEqual([]);
  });

  it('shows a stranger nothing', async () => {
    const stranger = (await createScope('scientist')).scope;
    expect((await searchPredictions(stranger, { limit: 50, clock: 'arrival' })).predictions).toEqual([]);
    const [row] = await getRequest(scope, 's-0');
    await expect(getPrediction(stranger, row?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(getPrediction(scope, 'no-id')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(
      await armStatistics(stranger, { deploymentId: world.deploymentId, since: new Date(0), modelVersionIds: [world.v1] }),
    ).toEqual({});
  });

  it('says what there is to filter by', async () => {
    expect(await listPredictionFacets(scope)).toEqual({
      deployments: [{ name: 'spam-filter', model: 'spam-filter', versions: [1, 2] }],
      labels: ['ham', 'spam'],
    });
  });

  it('shows one prediction with the way back to its data and its approval', async () => {
    const [row] = await getRequest(scope, 's-0');
    const detail = await getPrediction(scope, row?.id ?? '');
    expect(detail).toMatchObject({
      input: { body: 'win money' },
      output: { spam: 0.9 },
      outcome: 'spam',
      correct: true,
      version: 1,
    });
    expect(detail.lineage.map(({ type, name, detail: text }) => [type, name, text])).toEqual([
      ['deployment', 'spam-filter', null],
      ['model_version', 'spam-filter, version 1', 'production'],
      ['promotion_request', 'promotion to production', 'approved by Rita'],
      ['run', 'run calm-otter', 'text'],
      ['dataset_version', 'mail, version 2', '1,234 rows'],
      ['labeling_project', 'first-labels', 'labels'],
      ['dataset_version', 'mail, version 1', '10 rows'],
    ]);
  });
});

describe('statistics', () => {
  it('count requests, errors, outcomes and latency by version since a moment', async () => {
    const since = new Date(clock + 500);
    const rolloutId = uuid7(clock);
    const rows = Array.from({ length: 100 }, (_, i) => prediction({ requestId: `a-${i}`, rolloutId, latencyMs: i + 1 }));
    await ship([
      ...rows,
      prediction({ requestId: 'a-0', index: 1, rolloutId, latencyMs: 999 }),
      prediction({ requestId: 'a-bad', rolloutId, label: null, errorCode: 'TIMEOUT', latencyMs: 30_000 }),
      prediction({ requestId: 'a-other', modelVersionId: world.v2, rolloutId }),
    ]);
    await saveOutcomes([outcome('a-1', 'spam'), outcome('a-2', 'ham'), outcome('a-0', 'spam', { index: 1 })]);
    const statistics = await armStatistics(scope, {
      deploymentId: world.deploymentId,
      rolloutId,
      since,
      modelVersionIds: [world.v1, world.v2],
    });
    expect(statistics[world.v1]).toMatchObject({ requests: 101, errors: 1, outcomes: 3, correct: 2, p50: 50.5 });
    expect(statistics[world.v1]?.latency).toMatchObject({ n: 100, estimate: 95 });
    expect(statistics[world.v1]?.latency?.lower).toBeLessThan(95);
    expect(statistics[world.v2]).toMatchObject({
      requests: 1,
      errors: 0,
      latency: { n: 1, estimate: 2, lower: null, upper: null },
    });
  });

  it('reads a window by event time, and the days in which something arrived', async () => {
    const eventTime = (day: number) => `2002-11-0${day}T10:00:00.000Z`;
    const before = new Date(clock + 500);
    await ship([
      prediction({ requestId: 'w-1', eventTime: eventTime(1) }),
      prediction({ requestId: 'w-2', eventTime: eventTime(3) }),
    ]);
    const range = {
      deploymentId: world.deploymentId,
      from: new Date('2002-11-01T00:00:00Z'),
      to: new Date('2002-11-03T00:00:00Z'),
    };
    expect((await readWindow(scope, range)).map((row) => [row.requestId, row.outcome])).toEqual([['w-1', null]]);
    const days = async (since: Date) =>
      (await touchedDays(scope, { deploymentId: world.deploymentId, since })).map((day) => day.toISOString().slice(0, 10));
    expect(await days(before)).toEqual(['2002-11-01', '2002-11-03']);
    clock += 60_000;
    const later = new Date(clock - 1_000);
    await saveOutcomes([outcome('w-2', 'spam')]);
    expect(await days(later)).toEqual(['2002-11-03']);
    const extent = await servedExtent(scope, world.deploymentId);
    expect(extent.first?.toISOString()).toBe('2002-08-22T11:17:22.000Z');
    const buckets = await trafficBuckets(scope, {
      ...range,
      to: new Date('2002-11-05T00:00:00Z'),
      bucketSeconds: 86_400,
      clock: 'event',
    });
    expect(buckets.map((bucket) => [bucket.bucket.toISOString().slice(0, 10), bucket.requests, bucket.correct])).toEqual([
      ['2002-11-01', 1, 0],
      ['2002-11-03', 1, 1],
    ]);
  });
});
