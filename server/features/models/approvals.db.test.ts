import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { tokenScope } from '#server/auth/tokens.ts';
import { closeClient } from '#server/inference/client.ts';
import { db } from '#server/platform/db/client.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import { createMember, createScope, scopeFor, type TestProject } from '#server/testing/factories.ts';
import { SPAM_SIGNATURE, spamGraph } from '#server/testing/graphs.ts';
import { createDatasetVersion, createModel, createVersion, type LabeledRow } from '#server/testing/model-rows.ts';
import { type ApprovalRule, SERVING_RULE } from './approval.schema.ts';
import { listRules, saveRule } from './approval-rules.service.ts';
import { delegate, endDelegation, listDelegations } from './delegations.service.ts';
import { comment, listThreads, resolveThread } from './discussion.service.ts';
import { prepareRequest } from './preparation.service.ts';
import { nagForReviews, reviewEmergency } from './promotion-emergency.service.ts';
import { getRequest, listRequests } from './promotion-reads.service.ts';
import { downloadReport } from './promotion-report.service.ts';
import { answerChanges, expireRequests, prepareAnew, withdrawPromotion } from './promotion-turns.service.ts';
import { approvePromotion, askChanges, refusePromotion } from './promotion-votes.service.ts';
import { waitForRequest } from './promotion-wait.service.ts';
import { requestPromotion } from './promotions.service.ts';

const ROWS: LabeledRow[] = Array.from({ length: 40 }, (_, i) => ({
  id: `mail-${i}`,
  from: 'example.org',
  body: i % 4 === 0 ? 'win money now' : i % 4 === 1 ? 'win a prize' : 'the meeting is moved',
  label: i % 4 < 2 ? 'spam' : 'ham',
  split: i < 20 ? 'train' : 'test',
}));
const GOOD = spamGraph();
const POOR = spamGraph(['money', 'meeting'], [2, -3]);
const DAY = 86_400_000;

let project: TestProject;
let asker: ProjectScope;
let admin: ProjectScope;
let ann: ProjectScope;
let bob: ProjectScope;
let cyd: ProjectScope;
let model: Awaited<ReturnType<typeof createModel>>;
let datasetVersionId: string;

beforeEach(async () => {
  ({ project, scope: asker } = await createScope('scientist'));
  const member = async (role: 'reviewer' | 'admin') => scopeFor(project, await createMember(project, role), role);
  [ann, bob, cyd, admin] = [await member('reviewer'), await member('reviewer'), await member('reviewer'), await member('admin')];
  model = await createModel(project);
  datasetVersionId = (await createDatasetVersion(project, ROWS)).id;
});
afterAll(() => closeClient());

const idOf = (scope: ProjectScope) => scope.actor.id ?? '';
const stageOf = async (id: string) => (await db.modelVersion.findUniqueOrThrow({ where: { id } })).stage;

async function version(graph: Uint8Array = GOOD, stage = 'staging') {
  const stored = await putObject(Buffer.from(graph), { mediaType: 'application/onnx' });
  return createVersion(model, { graphKey: stored.key, signature: SPAM_SIGNATURE, datasetVersionId, stage: stage as 'staging' });
}

async function ask(number: number, more: { emergency?: string; target?: string; scope?: ProjectScope } = {}) {
  const { scope = asker, target = 'production', ...rest } = more;
  const { id } = await requestPromotion(scope, { model: 'spam-filter', number, target, reason: 'It is better.', ...rest });
  await prepareRequest(asker, id);
  return id;
}

const rule = (change: Partial<ApprovalRule>, stage = 'production') =>
  saveRule(admin, { stage, expectedVersion: 0, rule: { ...SERVING_RULE, ...change } });

describe('two of three', () => {
  beforeEach(() => rule({ needed: 2 }));

  it('the second approval lets it through, and only that', async () => {
    const v = await version();
    const id = await ask(v.number);
    expect(await approvePromotion(ann, { id, reason: 'Good.' })).toMatchObject({
      status: 'pending',
      approvals: { given: 1, needed: 2 },
    });
    expect(await stageOf(v.id)).toBe('staging');
    expect((await listRequests(ann, {})).waiting).toEqual([expect.objectContaining({ id, mayDecide: false })]);
    expect((await listRequests(bob, {})).waiting).toEqual([expect.objectContaining({ id, mayDecide: true })]);
    expect(await approvePromotion(bob, { id, reason: 'Good too.' })).toMatchObject({ status: 'completed' });
    expect(await stageOf(v.id)).toBe('production');
    expect((await getRequest(asker, id)).decisions.map(({ personName }) => personName)).toEqual([ann.actor.name, bob.actor.name]);
  });

  it('at once: both count, it begins once', async () => {
    const v = await version();
    const id = await ask(v.number);
    const results = await Promise.all([
      approvePromotion(ann, { id, reason: 'Good.' }),
      approvePromotion(bob, { id, reason: 'Good.' }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['completed', 'pending']);
    expect(await db.stageChange.count({ where: { modelVersionId: v.id } })).toBe(1);
  });

  it('a double click is one approval, also after it is through', async () => {
    const id = await ask((await version()).number);
    await Promise.all([approvePromotion(ann, { id, reason: 'Good.' }), approvePromotion(ann, { id, reason: 'Good.' })]);
    expect(await db.promotionDecision.count({ where: { requestId: id } })).toBe(1);
    await approvePromotion(bob, { id, reason: 'Good.' });
    expect(await approvePromotion(bob, { id, reason: 'Good.' })).toMatchObject({ status: 'completed' });
    expect(await db.promotionDecision.count({ where: { requestId: id } })).toBe(2);
  });

  it('an approver who lost the role in between doesn’t count: a third is needed', async () => {
    const v = await version();
    const id = await ask(v.number);
    await approvePromotion(ann, { id, reason: 'Good.' });
    await db.member.updateMany({ where: { projectId: project.id, userId: idOf(ann) }, data: { role: 'annotator' } });
    expect(await approvePromotion(bob, { id, reason: 'Good.' })).toMatchObject({ status: 'pending', approvals: { given: 1 } });
    expect((await getRequest(bob, id)).decisions[0]).toMatchObject({ dropped: expect.stringContaining('right to decide') });
    expect(await approvePromotion(cyd, { id, reason: 'Good.' })).toMatchObject({ status: 'completed' });
  });

  it('one refusal ends it', async () => {
    const id = await ask((await version()).number);
    await approvePromotion(ann, { id, reason: 'Good.' });
    expect(await refusePromotion(bob, { id, reason: 'Not yet.' })).toMatchObject({ status: 'refused' });
    await expect(approvePromotion(cyd, { id, reason: 'Good.' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('Not yet.'),
    });
  });

  it('a rule that became milder lets an earlier approver finish it', async () => {
    const id = await ask((await version()).number);
    await approvePromotion(ann, { id, reason: 'Good.' });
    await saveRule(admin, { stage: 'production', expectedVersion: 1, rule: { ...SERVING_RULE, needed: 1 } });
    expect(await approvePromotion(ann, { id, reason: 'Good.' })).toMatchObject({ status: 'completed' });
  });
});

describe('separation of duties', () => {
  it('bars who made the version, and whose token asked', async () => {
    const v = await version();
    await db.modelVersion.update({ where: { id: v.id }, data: { createdById: idOf(ann) } });
    const row = await db.apiToken.create({
      data: {
        projectId: project.id,
        name: 'ci',
        hash: `h-${project.id}`,
        prefix: 'sc_',
        scopes: ['promotion:request'],
        createdById: idOf(bob),
      },
    });
    const token = tokenScope({ ...row, projectName: project.name, scopes: ['promotion:request'], expiresAt: null });
    const id = await ask(v.number, { scope: token });
    await expect(approvePromotion(ann, { id, reason: 'Mine.' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('made'),
    });
    await expect(approvePromotion(bob, { id, reason: 'Mine.' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('asked'),
    });
    await expect(approvePromotion(token, { id, reason: 'Mine.' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await approvePromotion(cyd, { id, reason: 'Good.' })).toMatchObject({ status: 'completed' });
  });
});

describe('changes', () => {
  it('are asked for, answered in the same thread, and then it is decided', async () => {
    const id = await ask((await version()).number);
    await askChanges(ann, { id, reason: 'Why is the margin so small?' });
    expect(await getRequest(asker, id)).toMatchObject({
      status: 'changes',
      may: { answer: { ok: true }, approve: { ok: false } },
    });
    await expect(approvePromotion(bob, { id, reason: 'Good.' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('waits for an answer'),
    });
    expect(await answerChanges(asker, { id, answer: 'Few rows; see the interval.', prepare: false })).toMatchObject({
      status: 'pending',
    });
    const { threads } = await listThreads(ann, id);
    expect(threads.map(({ comments }) => comments.map(({ body }) => body))).toEqual([
      ['Why is the margin so small?', 'Few rows; see the interval.'],
    ]);
    expect(await approvePromotion(ann, { id, reason: 'Convinced.' })).toMatchObject({ status: 'completed' });
  });
});

describe('evidence', () => {
  it('that is stale is prepared anew: the discussion stays, approvals fall', async () => {
    await rule({ needed: 2 });
    const v = await version();
    const id = await ask(v.number);
    await approvePromotion(ann, { id, reason: 'Good.' });
    await comment(bob, { id, body: 'Looks right.' });
    await version(POOR, 'production');
    await expect(approvePromotion(bob, { id, reason: 'Good.' })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { act: 'prepare' },
    });
    expect(await stageOf(v.id)).toBe('staging');
    expect((await getRequest(bob, id)).obstacles).toEqual([expect.objectContaining({ code: 'incumbent', act: 'prepare' })]);
    await prepareAnew(bob, id);
    await prepareRequest(asker, id);
    const again = await getRequest(bob, id);
    expect(again).toMatchObject({ status: 'pending', round: 2, obstacles: [], approvals: { given: 0, needed: 2 } });
    expect(again.rounds.map(({ hash }) => hash)).toHaveLength(2);
    expect(again.rounds[1]?.hash).toBe(again.evidenceHash);
    expect(again.decisions[0]?.dropped).toContain('anew');
    expect((await listThreads(bob, id)).threads).toHaveLength(1);
    await approvePromotion(ann, { id, reason: 'Still good.' });
    expect(await approvePromotion(bob, { id, reason: 'Good.' })).toMatchObject({ status: 'completed' });
  });

  it('of a version that was archived, or whose file is gone, promotes nothing and says so', async () => {
    const v = await version();
    const id = await ask(v.number);
    await db.modelVersion.update({ where: { id: v.id }, data: { stage: 'archived', graphKey: v.graphKey } });
    expect((await getRequest(ann, id)).obstacles[0]).toMatchObject({ code: 'archived' });
    await expect(approvePromotion(ann, { id, reason: 'Good.' })).rejects.toMatchObject({ code: 'CONFLICT' });
    const gone = await createVersion(model, { signature: SPAM_SIGNATURE, datasetVersionId, stage: 'staging' });
    await db.modelVersion.update({ where: { id: v.id }, data: { stage: 'staging', graphKey: gone.graphKey } });
    expect((await getRequest(ann, id)).obstacles).toContainEqual(expect.objectContaining({ code: 'artifact' }));
    await expect(approvePromotion(ann, { id, reason: 'Good.' })).rejects.toMatchObject({
      message: expect.stringContaining('gone from the store'),
    });
    expect(await stageOf(v.id)).toBe('staging');
  });
});

describe('delegation', () => {
  it('lets a reviewer decide for one who is named and away, once and on record', async () => {
    await rule({ from: { roles: [], people: [idOf(ann)] } });
    const id = await ask((await version()).number);
    await expect(approvePromotion(bob, { id, reason: 'Good.' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const now = Date.now();
    const times = { startsAt: new Date(now - DAY), endsAt: new Date(now + DAY), reason: 'On holiday' };
    await expect(delegate(ann, { toId: idOf(asker), ...times })).rejects.toMatchObject({ code: 'INVALID' });
    const { id: first } = await delegate(ann, { toId: idOf(bob), ...times });
    await expect(delegate(ann, { toId: idOf(bob), ...times })).rejects.toMatchObject({ code: 'CONFLICT' });
    await endDelegation(bob, first);
    await expect(approvePromotion(bob, { id, reason: 'Good.' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await delegate(ann, { toId: idOf(bob), ...times });
    expect((await listDelegations(bob)).map(({ state }) => state).sort()).toEqual(['now', 'over']);
    expect((await getRequest(bob, id)).standsFor).toEqual([{ id: idOf(ann), name: ann.actor.name }]);
    expect(await approvePromotion(bob, { id, reason: 'Good.' })).toMatchObject({ status: 'completed' });
    expect((await getRequest(asker, id)).decisions).toEqual([
      expect.objectContaining({ personName: bob.actor.name, forName: ann.actor.name }),
    ]);
  });
});

describe('an emergency', () => {
  it('needs one other person, each failed gate by name, and a review that nags until it is given', async () => {
    await rule({ needed: 3 });
    const poor = await version(POOR);
    const id = await ask(poor.number, { emergency: 'Production answers nobody.' });
    expect((await getRequest(ann, id)).may.approve).toEqual({ ok: true });
    await expect(approvePromotion(ann, { id, reason: 'Go.' })).rejects.toMatchObject({
      code: 'INVALID',
      details: { gate: 'f1' },
    });
    const failed = ((await getRequest(ann, id)).evidence?.gates ?? []).filter((gate) => !gate.passed);
    const accepted = Object.fromEntries(failed.map((gate) => [gate.id, 'Better than nothing.']));
    expect(await approvePromotion(ann, { id, reason: 'Go.', accepted })).toMatchObject({ status: 'completed' });
    expect(await stageOf(poor.id)).toBe('production');
    const told = () => db.notification.count({ where: { userId: idOf(bob), kind: 'emergency.review' } });
    await nagForReviews(new Date());
    await nagForReviews(new Date());
    expect(await told()).toBe(1);
    expect((await listRequests(bob, {})).reviews).toEqual([
      expect.objectContaining({ id, review: expect.objectContaining({ mayReview: true }) }),
    ]);
    await expect(reviewEmergency(ann, { id, verdict: 'justified', text: 'Fine.' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await reviewEmergency(bob, { id, verdict: 'justified', text: 'It had to be.' });
    expect((await listRequests(bob, {})).reviews).toEqual([]);
    await expect(reviewEmergency(cyd, { id, verdict: 'unjustified', text: 'No.' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await getRequest(asker, id)).review).toMatchObject({
      verdict: 'justified',
      text: 'It had to be.',
      by: bob.actor.name,
    });
  });

  it('isn’t open where the rule forbids it', async () => {
    await rule({ emergency: { allowed: false, reviewDays: 3 } });
    const v = await version();
    await expect(ask(v.number, { emergency: 'Now.' })).rejects.toMatchObject({ code: 'INVALID' });
  });
});

describe('the end of its time', () => {
  it('ends a request that nobody decided, once, and frees the version', async () => {
    const v = await version();
    const id = await ask(v.number);
    const later = new Date(Date.now() + 15 * DAY);
    await expireRequests(new Date());
    expect((await getRequest(ann, id)).status).toBe('pending');
    await Promise.all([expireRequests(later), expireRequests(later)]);
    expect(await getRequest(ann, id)).toMatchObject({ status: 'expired', error: expect.stringContaining('expired') });
    await expect(approvePromotion(ann, { id, reason: 'Late.' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await db.auditEntry.count({ where: { projectId: project.id, action: 'promotion.expired' } })).toBe(1);
    await ask(v.number);
  });
});

describe('a rule', () => {
  it('of a model goes before the project’s, and can be taken back', async () => {
    await rule({ needed: 2 });
    const own = { stage: 'production', model: 'spam-filter' };
    await saveRule(admin, { ...own, expectedVersion: 0, rule: { ...SERVING_RULE, needed: 3 } });
    const found = async () => (await listRules(admin, { model: 'spam-filter' })).find(({ stage }) => stage === 'production');
    expect(await found()).toMatchObject({ source: 'model', rule: { needed: 3 } });
    await expect(saveRule(admin, { ...own, expectedVersion: 0, rule: SERVING_RULE })).rejects.toMatchObject({ code: 'CONFLICT' });
    await saveRule(admin, { ...own, expectedVersion: 1, rule: null });
    expect(await found()).toMatchObject({ source: 'project', rule: { needed: 2 } });
    await expect(rule({ needed: 0 })).rejects.toMatchObject({ code: 'INVALID' });
  });

  it('can ask for people before a stage that doesn’t serve', async () => {
    await rule({ needed: 1 }, 'staging');
    const v = await version(GOOD, 'development');
    const id = await ask(v.number, { target: 'staging' });
    expect((await getRequest(ann, id)).status).toBe('pending');
    expect(await approvePromotion(ann, { id, reason: 'Good.' })).toMatchObject({ status: 'completed', rollout: null });
    expect(await stageOf(v.id)).toBe('staging');
  });
});

describe('the evidence as a file', () => {
  it.each(['pdf', 'html'] as const)('%s is the same bytes for the same state, and on record', async (form) => {
    const id = await ask((await version()).number);
    await comment(ann, { id, body: 'A word.' });
    const first = await downloadReport(ann, { id, form });
    const second = await downloadReport(bob, { id, form });
    expect(first.body.equals(second.body)).toBe(true);
    expect(first.filename).toBe(`spam-filter-v1-to-production.${form}`);
    const { evidenceHash } = await getRequest(ann, id);
    if (form === 'html') expect(first.body.toString()).toContain(evidenceHash);
    const kept = await db.auditEntry.findMany({ where: { projectId: project.id, action: 'data.exported' } });
    expect(kept.map(({ details }) => details)).toEqual(
      [1, 2].map(() => expect.objectContaining({ form, evidence: evidenceHash })),
    );
    await approvePromotion(ann, { id, reason: 'Good.' });
    expect((await downloadReport(ann, { id, form })).body.equals(first.body)).toBe(false);
    await expect(downloadReport(ann, { id: 'nonsense', form })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a program that waits', () => {
  it('hears of the end at once, or comes back when its time is over', async () => {
    const id = await ask((await version()).number);
    const began = Date.now();
    await waitForRequest(asker, { id, seconds: 0.2, while: null });
    expect(Date.now() - began).toBeGreaterThanOrEqual(190);
    await waitForRequest(asker, { id, seconds: 60, while: 'preparing' });
    const waited = waitForRequest(asker, { id, seconds: 60, while: null });
    await new Promise((done) => setTimeout(done, 300));
    await approvePromotion(ann, { id, reason: 'Good.' });
    await waited;
    expect(Date.now() - began).toBeLessThan(30_000);
    await expect(
      waitForRequest(asker, { id: '0190aaaa-0000-7000-8000-000000000001', seconds: 1, while: null }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a thread', () => {
  it('tells those who are mentioned, can be resolved, and is closed then', async () => {
    const id = await ask((await version()).number);
    const { threadId } = await comment(ann, { id, body: `@${bob.actor.name} what do you think?`, about: 'gate:f1' });
    expect(await db.notification.count({ where: { userId: idOf(bob), kind: 'comment.mention' } })).toBe(1);
    await comment(bob, { id, threadId, body: 'Fine.' });
    await resolveThread(ann, { threadId, resolved: true });
    await resolveThread(ann, { threadId, resolved: true });
    await expect(comment(bob, { id, threadId, body: 'More.' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await resolveThread(bob, { threadId, resolved: false });
    await comment(bob, { id, threadId, body: 'More.' });
    const { threads } = await listThreads(asker, id);
    expect(threads[0]).toMatchObject({ about: 'gate:f1', resolvedAt: null });
    expect(threads[0]?.comments).toHaveLength(3);
  });

  it('of another project isn’t there', async () => {
    const id = await ask((await version()).number);
    const { threadId } = await comment(ann, { id, body: 'Hello.' });
    const { scope: stranger } = await createScope('reviewer');
    await expect(comment(stranger, { id, body: 'Hello.' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(resolveThread(stranger, { threadId, resolved: true })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(withdrawPromotion(stranger, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(getRequest(stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
