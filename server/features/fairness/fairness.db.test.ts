import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import type { FairnessRule } from '#server/domain/fairness/policy.schema.ts';
import type { SectionContext } from '#server/features/evaluations/section-context.schema.ts';
import { DEFAULT_SUITE } from '#server/features/evaluations/suite.schema.ts';
import { closeClient } from '#server/inference/client.ts';
import { db } from '#server/platform/db/client.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import { callerFor, callerWithRole } from '#server/testing/caller.ts';
import { createScope, type TestProject, type TestUser } from '#server/testing/factories.ts';
import { SPAM_SIGNATURE, spamGraph } from '#server/testing/graphs.ts';
import { createDatasetVersion, createModel, createVersion, type LabeledRow } from '#server/testing/model-rows.ts';
import { fairnessDataSchema } from './fairness.schema.ts';
import { runFairnessSection } from './fairness.service.ts';
import { contextOfVersion } from './gold-of-version.service.ts';

/** 120 rows to be judged on: mails of example.org say "prize" where others say "money", which the graph doesn't know. */
const ROWS: LabeledRow[] = Array.from({ length: 160 }, (_, i) => {
  const from = i % 4 === 0 ? 'example.org' : i % 40 === 1 ? '' : 'example.com';
  const spam = Math.floor(i / 4) % 2 === 0;
  return {
    id: `mail-${i}`,
    from,
    body: spam ? (from === 'example.org' ? 'a prize for you' : 'money for you') : 'the meeting is moved',
    label: spam ? 'spam' : 'ham',
    split: i < 40 ? 'train' : 'test',
  };
});

let project: TestProject;
let user: TestUser;
let scope: ProjectScope;
let model: Awaited<ReturnType<typeof createModel>>;
let number: number;

beforeEach(async () => {
  ({ project, user, scope } = await createScope('scientist'));
  model = await createModel(project);
  const { id } = await createDatasetVersion(project, ROWS);
  const stored = await putObject(Buffer.from(spamGraph()), { mediaType: 'application/onnx' });
  ({ number } = await createVersion(model, { graphKey: stored.key, signature: SPAM_SIGNATURE, datasetVersionId: id }));
});
afterAll(() => closeClient());

const RULE: FairnessRule = {
  columns: ['from'],
  definition: 'equal_opportunity',
  limit: 0.1,
  reason: 'Spam must be found for everybody.',
  population: [
    { value: 'example.org', share: 0.5 },
    { value: 'example.com', share: 0.5 },
  ],
};
const policy = (rules: FairnessRule[], expectedNumber = 0, minimum = 20) => ({
  project: project.name,
  model: model.name,
  expectedNumber,
  rules: { minimum, rules },
  reason: 'First agreement.',
});

async function section() {
  const own = await contextOfVersion(scope, model.name, number);
  const ctx: SectionContext = { ...own, suite: DEFAULT_SUITE, incumbent: null, brief: null };
  const found = await runFairnessSection(scope, ctx);
  return { ...found, data: fairnessDataSchema.parse(found.data) };
}

describe('the section of a suite run', () => {
  it('shows categories by themselves where nobody set a policy, and judges nothing', async () => {
    const { data, facts, tables, problems } = await section();
    expect(data).toMatchObject({
      task: 'classification',
      n: 120,
      policy: null,
      judgements: [],
      columns: [{ subject: 'from', isInput: false }],
    });
    const spam = data.columns[0]?.classes[0];
    expect(spam?.groups.map(({ name, n, judged }) => ({ name, n, judged }))).toEqual([
      { name: 'example.com', n: 87, judged: true },
      { name: 'example.org', n: 30, judged: true },
      { name: 'missing', n: 3, judged: false },
    ]);
    expect(spam?.groups[1]?.tpr).toMatchObject({ estimate: 0 });
    expect(data.columns[0]?.flipped).toMatchObject({ interval: null, reason: expect.stringContaining('doesn’t take from') });
    expect(data.columns[0]?.proxies[0]).toMatchObject({ column: 'body', measure: 'auc', isInput: true });
    expect(facts.find((fact) => fact.path === 'fairness.from.equal_opportunity')).toMatchObject({ estimate: null });
    expect(facts.find((fact) => fact.path === 'fairness.from.demographic_parity')?.estimate).toBeCloseTo(43 / 87, 1);
    expect(tables[0]?.rows).toHaveLength(3);
    expect(problems).toEqual([]);
  });

  it('judges by the policy, with the reason and the people on record', async () => {
    const caller = callerFor(user);
    await caller.fairness.savePolicy(policy([RULE], 0, 10));
    const { data, facts } = await section();
    expect(data.policy).toMatchObject({ number: 1, by: user.name, reason: 'First agreement.' });
    expect(data.judgements[0]).toMatchObject({
      subject: 'from',
      keeps: false,
      low: 'example.org',
      high: 'example.com',
      interval: { estimate: 1 },
    });
    expect(data.judgements[0]?.sentence).toContain('at most 0.1 is asked for, so it isn’t kept');
    expect(data.columns[0]?.representation).toMatchObject({ n: 117, outside: 3, groups: [{ n: 30, stated: 0.5 }, { n: 87 }] });
    expect(data.columns[0]?.representation?.p).toBeLessThan(0.001);
    expect(facts.find((fact) => fact.path === 'fairness.rules_kept')).toMatchObject({ estimate: 0, n: 1 });
  });

  it('names a column that the rows don’t have', async () => {
    await callerFor(user).fairness.savePolicy(policy([{ ...RULE, columns: ['region'], population: null }]));
    const { data, problems } = await section();
    expect(problems).toEqual([expect.stringContaining('no column region')]);
    expect(data.judgements[0]).toMatchObject({ keeps: null, interval: null });
  });
});

describe('the policy', () => {
  it('keeps every state, and refuses a change of what is gone', async () => {
    const caller = callerFor(user);
    expect(await caller.fairness.savePolicy(policy([RULE]))).toEqual({ number: 1 });
    expect(await caller.fairness.savePolicy({ ...policy([], 1), reason: 'Taken back.' })).toEqual({ number: 2 });
    await expect(caller.fairness.savePolicy(policy([RULE], 1))).rejects.toMatchObject({ code: 'CONFLICT' });
    const both = await Promise.allSettled([
      caller.fairness.savePolicy(policy([RULE], 2)),
      caller.fairness.savePolicy(policy([RULE], 2)),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const found = await caller.fairness.get({ project: project.name, model: model.name });
    expect(found.history.map(({ number, reason }) => [number, reason])).toEqual([
      [3, 'First agreement.'],
      [2, 'Taken back.'],
      [1, 'First agreement.'],
    ]);
    expect(found).toMatchObject({ current: { number: 3 }, latest: null, hasData: true });
    expect(found.columns.find((column) => column.name === 'from')?.groups[0]).toMatchObject({ value: 'example.com', rows: 87 });
    const kept = await db.auditEntry.findMany({ where: { projectId: project.id, action: 'model.fairness_policy.set' } });
    expect(kept).toHaveLength(3);
  });

  it('is changed by those who may change the model, and by nobody else', async () => {
    const manager = await callerWithRole(project, 'manager');
    await expect(manager.fairness.savePolicy(policy([RULE]))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await manager.fairness.get({ project: project.name, model: model.name })).current).toBeNull();
    await expect(callerFor(user).fairness.savePolicy(policy([RULE, RULE]))).rejects.toThrow(/twice/);
    await expect(callerFor(user).fairness.savePolicy(policy([{ ...RULE, columns: ['from', 'from'] }]))).rejects.toThrow(/itself/);
  });
});

describe('any column now', () => {
  it('is looked at without a policy, crossed if need be', async () => {
    const caller = callerFor(user);
    const place = { project: project.name, model: model.name, number };
    const crossed = await caller.fairness.explore({ ...place, columns: ['from', 'body'] });
    expect(crossed).toMatchObject({ subject: 'from × body', isInput: true, flipped: { interval: null } });
    const body = await caller.fairness.explore({ ...place, columns: ['body'] });
    expect(body.classes[0]?.groups[0]).toMatchObject({ name: 'under 500', n: 120 });
    await expect(caller.fairness.explore({ ...place, columns: ['region'] })).rejects.toThrow(/no column region/);
  });
});
