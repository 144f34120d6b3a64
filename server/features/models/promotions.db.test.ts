import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { closeClient } from '#server/inference/client.ts';
import { db } from '#server/platform/db/client.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import { createMember, createScope, scopeFor, type TestProject } from '#server/testing/factories.ts';
import { SPAM_SIGNATURE, spamGraph } from '#server/testing/graphs.ts';
import { createDatasetVersion, createModel, createVersion, type LabeledRow } from '#server/testing/model-rows.ts';
import { prepareRequest } from './preparation.service.ts';
import { getRequest, listRequests } from './promotion-reads.service.ts';
import { withdrawPromotion } from './promotion-turns.service.ts';
import { approvePromotion, refusePromotion } from './promotion-votes.service.ts';
import { requestPromotion } from './promotions.service.ts';
import { changeStage } from './versions.service.ts';

/** Mails whose words tell what they are, to a graph that knows the words: 100 to learn from, 100 to be judged on. */
const ROWS: LabeledRow[] = Array.from({ length: 200 }, (_, i) => ({
  id: `mail-${i}`,
  from: i % 2 === 0 ? 'example.org' : 'example.com',
  body: i % 4 === 0 ? 'win money now' : i % 4 === 1 ? 'win a prize' : 'the meeting is moved',
  label: i % 4 < 2 ? 'spam' : 'ham',
  split: i < 100 ? 'train' : 'test',
}));
/** Answers everything rightly; only knows one word, so it misses half of the spam. */
const GOOD = spamGraph();
const POOR = spamGraph(['money', 'meeting'], [2, -3]);

let project: TestProject;
let asker: ProjectScope;
let reviewer: ProjectScope;
let other: ProjectScope;
let model: Awaited<ReturnType<typeof createModel>>;
let datasetVersionId: string;

beforeEach(async () => {
  ({ project, scope: asker } = await createScope('scientist'));
  reviewer = scopeFor(project, await createMember(project, 'reviewer'), 'reviewer');
  other = scopeFor(project, await createMember(project, 'reviewer'), 'reviewer');
  model = await createModel(project);
  datasetVersionId = (await createDatasetVersion(project, ROWS)).id;
});
afterAll(() => closeClient());

async function version(
  graph: Uint8Array,
  stage: 'development' | 'staging' | 'production' = 'development',
  learned: string = datasetVersionId,
) {
  const stored = await putObject(Buffer.from(graph), { mediaType: 'application/onnx' });
  return createVersion(model, { graphKey: stored.key, signature: SPAM_SIGNATURE, datasetVersionId: learned, stage });
}

async function ask(number: number, target: 'staging' | 'production', evaluation?: { datasetVersionId: string; split: string }) {
  const { id } = await requestPromotion(asker, {
    model: 'spam-filter',
    number,
    target,
    reason: 'It is better.',
    ...(evaluation ? { evaluation } : {}),
  });
  await prepareRequest(asker, id);
  return id;
}
const stageOf = async (id: string) => (await db.modelVersion.findUniqueOrThrow({ where: { id } })).stage;

describe('to staging', () => {
  it('the gates alone decide, with their figures kept', async () => {
    const good = await version(GOOD);
    const id = await ask(good.number, 'staging');
    const request = await getRequest(asker, id);
    expect(request).toMatchObject({ status: 'completed', gatesPassed: true, decidedByName: expect.anything() });
    expect(request.evidence?.gates.map(({ id: gate, passed }) => [gate, passed])).toEqual([
      ['f1', true],
      ['slices', true],
      ['incumbent', true],
      ['unseen', true],
    ]);
    expect(request.evidence?.candidate.summary.rows).toBe(100);
    expect(await stageOf(good.id)).toBe('staging');
    expect(await db.stageChange.count({ where: { modelVersionId: good.id } })).toBe(1);
  });

  it('a version that fails a gate is refused with the figure', async () => {
    const poor = await version(POOR);
    const request = await getRequest(asker, await ask(poor.number, 'staging'));
    expect(request).toMatchObject({
      status: 'refused',
      gatesPassed: false,
      decisionReason: expect.stringContaining('F1 of spam'),
    });
    expect(await stageOf(poor.id)).toBe('development');
  });
});

describe('to production', () => {
  it('needs a reviewer who is not the one who asked', async () => {
    const good = await version(GOOD, 'staging');
    const id = await ask(good.number, 'production');
    expect((await getRequest(asker, id)).status).toBe('pending');
    await expect(approvePromotion(asker, { id, reason: 'Mine.' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const both = { ...reviewer, actor: asker.actor };
    await expect(approvePromotion(both, { id, reason: 'Mine.' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('You asked'),
    });
    expect((await listRequests(reviewer, {})).waiting).toEqual([expect.objectContaining({ id, mayDecide: true })]);
    expect(await approvePromotion(reviewer, { id, reason: 'Right on every slice.' })).toMatchObject({
      status: 'completed',
      rollout: null,
    });
    expect(await stageOf(good.id)).toBe('production');
    const kept = await db.auditEntry.findMany({ where: { projectId: project.id, action: 'promotion.approved' } });
    expect(kept).toEqual([expect.objectContaining({ reason: 'Right on every slice.', actorName: reviewer.actor.name })]);
  });

  it('compares with what is there on the same rows, and names the answers that change', async () => {
    await version(POOR, 'production');
    const good = await version(GOOD, 'staging');
    const { evidence } = await getRequest(asker, await ask(good.number, 'production'));
    expect(evidence?.incumbent?.number).toBe(1);
    expect(evidence?.comparison?.rows).toBe(100);
    expect(evidence?.changes).toMatchObject({ total: 25, better: 25, worse: 0 });
    expect(evidence?.changes?.rows[0]?.fields).toEqual([
      { name: 'from', value: expect.stringContaining('example') },
      { name: 'body', value: 'win a prize' },
    ]);
    expect(evidence?.gates.find((gate) => gate.id === 'incumbent')?.passed).toBe(true);
  });

  it('blocks a worse version: approval is refused, refusal is not', async () => {
    await version(GOOD, 'production');
    const poor = await version(POOR, 'staging');
    const id = await ask(poor.number, 'production');
    expect((await getRequest(reviewer, id)).may).toMatchObject({ approve: { ok: false }, refuse: { ok: true } });
    await expect(approvePromotion(reviewer, { id, reason: 'Anyway.' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await refusePromotion(reviewer, { id, reason: 'It misses half of the spam.' })).status).toBe('refused');
    expect(await stageOf(poor.id)).toBe('staging');
  });

  it('is blocked when one of them learned from the rows that it is judged on', async () => {
    const everything = await createDatasetVersion(
      project,
      ROWS.map((row) => ({ ...row, split: 'train' as const })),
    );
    await version(GOOD, 'production', everything.id);
    const good = await version(GOOD, 'staging');
    const { evidence, gatesPassed } = await getRequest(asker, await ask(good.number, 'production'));
    expect(gatesPassed).toBe(false);
    expect(evidence?.comparison).toBeNull();
    expect(evidence?.gates.find((gate) => gate.id === 'unseen')).toMatchObject({
      passed: false,
      figure: 100,
      sentence: expect.stringContaining('v1 learned from 100 of these rows'),
    });
  });

  it('is out of date once another version is in production', async () => {
    const good = await version(GOOD, 'staging');
    const id = await ask(good.number, 'production');
    const late = await version(GOOD, 'production');
    await expect(approvePromotion(reviewer, { id, reason: 'Fine.' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining(`v${late.number} is in production since`),
    });
  });
});

describe('two people at once', () => {
  it('two reviewers: one decides, the other hears what happened', async () => {
    const good = await version(GOOD, 'staging');
    const id = await ask(good.number, 'production');
    const results = await Promise.allSettled([
      approvePromotion(reviewer, { id, reason: 'Good.' }),
      refusePromotion(other, { id, reason: 'Bad.' }),
      approvePromotion(other, { id, reason: 'Good too.' }),
    ]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(/already/) });
    }
    expect(await db.stageChange.count({ where: { modelVersionId: good.id } })).toBeLessThanOrEqual(1);
  });

  it('approving while it is withdrawn: one of them happens, whole', async () => {
    const good = await version(GOOD, 'staging');
    const id = await ask(good.number, 'production');
    const results = await Promise.allSettled([
      approvePromotion(reviewer, { id, reason: 'Good.' }),
      withdrawPromotion(asker, { id }),
    ]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const { status } = await getRequest(asker, id);
    expect(await stageOf(good.id)).toBe(status === 'withdrawn' ? 'staging' : 'production');
  });

  it('asking twice for one version: the second hears of the first', async () => {
    const good = await version(GOOD);
    const input = { model: 'spam-filter', number: good.number, target: 'staging' as const, reason: 'It is better.' };
    const results = await Promise.allSettled([requestPromotion(asker, input), requestPromotion(asker, input)]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(
      changeStage(asker, { model: 'spam-filter', number: good.number, stage: 'archived', reason: 'Old.' }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('bad requests', () => {
  it('name what is wrong', async () => {
    const good = await version(GOOD);
    const base = { model: 'spam-filter', number: good.number, target: 'staging' as const, reason: 'It is better.' };
    await expect(requestPromotion(asker, { ...base, evaluation: { datasetVersionId, split: 'nowhere' } })).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('has no part nowhere'),
    });
    await expect(requestPromotion(asker, { ...base, number: 99 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(requestPromotion(asker, { ...base, deployment: 'nowhere', target: 'production' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
