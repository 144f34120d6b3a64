import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { db } from '#server/platform/db/client.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createMember, createScope, type TestProject, type TestUser } from '#server/testing/factories.ts';
import { createDatasetVersion, createModel, createVersion } from '#server/testing/model-rows.ts';
import { recordRest } from './record.rest.ts';

const day = (n: number, hour = 12) => new Date(Date.UTC(2026, 0, n, hour));
let project: TestProject;
let user: TestUser;
let scope: ProjectScope;
let model: Awaited<ReturnType<typeof createModel>>;
let versions: Awaited<ReturnType<typeof createVersion>>[];
let requestId: string;
let deploymentId: string;

async function move(version: { id: string }, from: string, to: string, at: Date, o: { requestId?: string; by?: string } = {}) {
  await db.stageChange.create({
    data: {
      projectId: project.id,
      modelVersionId: version.id,
      from,
      to,
      at,
      reason: `to ${to}`,
      actorName: o.by ?? 'Sam',
      requestId: o.requestId ?? null,
    },
  });
}

async function predict(requestName: string, versionId: string, at: Date, rolloutId: string | null = null) {
  await db.prediction.create({
    data: {
      id: randomUUID(),
      projectId: project.id,
      requestId: requestName,
      deploymentId,
      modelVersionId: versionId,
      rolloutId,
      arm: rolloutId ? 'canary' : 'primary',
      at,
      eventTime: at,
      input: { body: 'win money' },
      output: { spam: 0.9 },
      label: 'spam',
      confidence: 0.9,
      latencyMs: 1,
      queueMs: 0,
      batchSize: 1,
    },
  });
}

beforeAll(async () => {
  ({ project, user, scope } = await createScope('reviewer'));
  model = await createModel(project);
  const data = await createDatasetVersion(project, [{ id: 'a', from: 'x', body: 'y', label: 'spam', split: 'train' }]);
  versions = [await createVersion(model, { datasetVersionId: data.id }), await createVersion(model), await createVersion(model)];
  await db.modelVersion.updateMany({ where: { projectId: project.id }, data: { createdAt: day(1, 0) } });
  const [one, two] = versions as unknown as [{ id: string }, { id: string }];
  const request = await db.promotionRequest.create({
    data: {
      projectId: project.id,
      modelVersionId: two.id,
      targetStage: 'production',
      status: 'completed',
      reason: 'Better on newsletters.',
      evaluationSplit: {},
      evidence: {
        preparedAt: day(4).toISOString(),
        on: { dataset: 'mail', number: 3, split: 'test', rows: 1090 },
        gates: [{ passed: true }, { passed: true }, { passed: false }],
      },
      requestedByName: 'Sam',
      requestedAt: day(4),
    },
  });
  requestId = request.id;
  for (const [name, verdict, at] of [
    ['Ada', 'changes', day(5, 8)],
    ['Rita', 'approve', day(5, 10)],
    ['Ben', 'approve', day(9)],
  ] as const) {
    await db.promotionDecision.create({
      data: {
        projectId: project.id,
        requestId,
        round: 1,
        verdict,
        personId: user.id,
        personName: name,
        reason: `${name} says`,
        at,
      },
    });
  }
  await move(one, 'development', 'staging', day(2));
  await move(one, 'staging', 'production', day(3));
  await move(one, 'production', 'archived', day(6), { requestId, by: 'Stagecraft' });
  await move(two, 'development', 'production', day(6), { requestId, by: 'Stagecraft' });
  const plan = {};
  deploymentId = (
    await db.deployment.create({
      data: { projectId: project.id, modelId: model.id, name: 'spam-filter', primaryVersionId: two.id, plan },
    })
  ).id;
});

describe('what was in which stage', () => {
  const at = async (moment: Date, o: { model?: string; stage?: string } = {}) =>
    (await callerFor(user).record.whatWas({ project: project.name, at: moment, ...o })).standings;
  const brief = async (moment: Date, o = {}) => (await at(moment, o)).map((one) => `v${one.version} ${one.stage}`);

  test('at each moment, the changes of that moment included', async () => {
    expect(await brief(day(1))).toEqual([]);
    expect(await brief(day(2))).toEqual(['v1 staging']);
    expect(await brief(day(4))).toEqual(['v1 production']);
    expect(await brief(new Date(day(6).getTime() - 1))).toEqual(['v1 production']);
    expect(await brief(day(6))).toEqual(['v2 production']);
    expect(await brief(new Date(Date.now() + 1e9))).toEqual(['v2 production']);
  });

  test('of one stage, and of one model with every version that it had', async () => {
    expect(await brief(day(7), { stage: 'archived' })).toEqual(['v1 archived']);
    expect(await brief(day(7), { stage: 'development' })).toEqual(['v3 development']);
    expect((await brief(day(7), { model: 'spam-filter' })).sort()).toEqual(['v1 archived', 'v2 production', 'v3 development']);
    expect(await brief(new Date(day(1, 0).getTime() - 1), { model: 'spam-filter' })).toEqual([]);
    expect(await brief(day(7), { model: 'other' })).toEqual([]);
  });

  test('since when, until when, on whose word and on what evidence, as it was known then', async () => {
    const [then] = await at(day(8));
    expect(then).toMatchObject({ since: day(6), until: null, by: 'Stagecraft', reason: 'to production' });
    expect(then?.ground).toMatchObject({
      requestId,
      askedBy: 'Sam',
      askedAt: day(4),
      reason: 'Better on newsletters.',
      words: [
        { verdict: 'changes', by: 'Ada', at: day(5, 8) },
        { verdict: 'approve', by: 'Rita', reason: 'Rita says' },
      ],
      evidence: { dataset: 'mail', number: 3, split: 'test', rows: 1090, gates: 3, passed: 2, preparedAt: day(4) },
    });
    expect((await at(day(10)))[0]?.ground?.words.map((word) => word.by)).toEqual(['Ada', 'Rita', 'Ben']);
    const [before] = await at(day(4));
    expect(before).toMatchObject({ since: day(3), until: day(6), by: 'Sam', ground: null });
  });

  test('the line of time has every change, oldest first', async () => {
    const { changes } = await callerFor(user).record.timeline({ project: project.name });
    expect(changes.map((change) => `v${change.version} ${change.to}`).slice(0, 2)).toEqual(['v1 staging', 'v1 production']);
    expect(changes).toHaveLength(4);
  });
});

describe('which version answered', () => {
  test('with its stage then, its data and those who let it in', async () => {
    await predict('req-1', versions[1]?.id ?? '', day(7));
    const found = await callerFor(user).record.prediction({ project: project.name, id: 'req-1' });
    expect(found).toMatchObject({
      prediction: { requestId: 'req-1', label: 'spam', deployment: 'spam-filter', arm: 'primary', rollout: null },
      version: { model: 'spam-filter', number: 2, stage: 'production', since: day(6), movedBy: 'Stagecraft' },
      run: null,
      data: [],
      ground: { requestId, words: [{ by: 'Ada' }, { by: 'Rita' }] },
    });
    expect(await callerFor(user).record.prediction({ project: project.name, id: found.prediction.id })).toEqual(found);
  });

  test('one that answered as a canary was let in by the request of its rollout, before it came to the stage', async () => {
    const [one, two] = versions as unknown as [{ id: string }, { id: string }];
    const rollout = await db.rollout.create({
      data: {
        projectId: project.id,
        deploymentId,
        number: 1,
        baselineVersionId: one.id,
        candidateVersionId: two.id,
        requestId,
        plan: {},
      },
    });
    await predict('req-2', two.id, day(5, 20), rollout.id);
    expect(await callerFor(user).record.prediction({ project: project.name, id: 'req-2' })).toMatchObject({
      prediction: { arm: 'canary', rollout: 1 },
      version: { number: 2, stage: null },
      ground: { requestId },
    });
    await predict('req-3', one.id, day(5, 20));
    const old = await callerFor(user).record.prediction({ project: project.name, id: 'req-3' });
    expect(old).toMatchObject({ version: { number: 1, stage: 'production', movedBy: 'Sam' }, ground: null });
    expect(old.data).toMatchObject([{ dataset: 'mail', number: 1, rows: 1 }]);
  });

  test('an unknown one, and one of another project', async () => {
    const asked = callerFor(user).record.prediction({ project: project.name, id: 'nothing' });
    await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const other = await createScope('reviewer');
    await expect(callerFor(other.user).record.prediction({ project: other.project.name, id: 'req-1' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await callerFor(other.user).record.whatWas({ project: other.project.name, at: day(8) })).standings).toEqual([]);
  });
});

test('the record is for those who may read the audit log', async () => {
  const annotator = await createMember(project, 'annotator');
  const asked = callerFor(annotator).record.whatWas({ project: project.name });
  await expect(asked).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('by REST: the same, in the names of the API', async () => {
  const call = (url: string, query: Record<string, unknown>, params: Record<string, string> = {}) => {
    const route = recordRest.find((one) => one.url === url);
    if (!route) throw new Error(url);
    return route.handle({ scope, params, query, body: undefined, stream: undefined, headers: {}, requestId: 'x' });
  };
  expect(await call('/v1/record', { at: '2026-01-08T13:00:00+01:00', model: 'spam-filter', stage: 'production' })).toMatchObject({
    at: day(8),
    more: false,
    standings: [
      { model: 'spam-filter', model_version: 2, request: { asked_by: 'Sam', evidence: { rows: 1090, gates_passed: 2 } } },
    ],
  });
  await expect(call('/v1/record', { at: 'yesterday' })).rejects.toThrow('Parameter at can’t be read'.replace('’', "'"));
  expect(await call('/v1/record/predictions/:request_id', {}, { request_id: 'req-1' })).toMatchObject({
    model: 'spam-filter',
    model_version: 2,
    request: { decisions: [{ by: 'Ada', verdict: 'changes' }, { by: 'Rita' }] },
  });
});
