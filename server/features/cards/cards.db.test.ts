import { beforeAll, describe, expect, test } from 'vitest';
import { modelCard } from '#server/domain/card/card.schema.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { callerFor } from '#server/testing/caller.ts';
import { createMember, createScope, type scopeFor, type TestProject, type TestUser } from '#server/testing/factories.ts';
import { createDatasetVersion, createModel, createVersion } from '#server/testing/model-rows.ts';
import { exportCard } from './card-file.service.ts';
import { collectCard, freezeCard, getFrozenCard } from './cards.service.ts';

let project: TestProject;
let user: TestUser;
let scope: ReturnType<typeof scopeFor>;
let version: Awaited<ReturnType<typeof createVersion>>;

beforeAll(async () => {
  ({ project, user, scope } = await createScope('scientist'));
  const model = await createModel(project);
  const data = await createDatasetVersion(project, [
    { id: 'a', from: 'x', body: 'win money', label: 'spam', split: 'train' },
    { id: 'b', from: 'y', body: 'hello', label: 'ham', split: 'test' },
  ]);
  await createVersion(model, { datasetVersionId: data.id });
  version = await createVersion(model, { datasetVersionId: data.id });
  await db.stageChange.create({
    data: {
      projectId: project.id,
      modelVersionId: version.id,
      from: 'development',
      to: 'staging',
      reason: 'Looks good.',
      actorName: 'Sam',
    },
  });
  await db.suiteRun.create({
    data: {
      projectId: project.id,
      modelId: model.id,
      modelVersionId: version.id,
      status: 'done',
      settings: {},
      suiteVersion: 1,
      seed: 1,
      requestedByName: 'Sam',
      endedAt: new Date(),
      sections: [
        {
          section: 'performance',
          form: 1,
          data: {},
          facts: [{ path: 'accuracy', estimate: 0.95, lower: 0.93, upper: 0.97, n: 1090, unit: 'share' }],
          tables: [
            {
              name: 'slices',
              rows: [
                { column: 'from', value: 'x', n: 60, accuracy: 0.99 },
                { column: 'from', value: 'y', n: 50, accuracy: 0.7 },
              ],
            },
          ],
          problems: ['Column language has one value only.'],
          tookMs: 1,
        },
      ],
    },
  });
});

const ref = () => ({ project: project.name, model: 'spam-filter', number: version.number });
const sectionOf = (card: { sections: { id: string }[] }, id: string) => card.sections.find((section) => section.id === id);

test('a card is made from the facts, and says what is missing', async () => {
  const { card, mayWrite, others } = await callerFor(user).cards.get(ref());
  expect(mayWrite).toBe(true);
  expect(others).toEqual([1]);
  expect(card).toMatchObject({ model: 'spam-filter', version: 2, revision: 0, completeness: { written: 0, asked: 6 } });
  expect(card.completeness.missing).toContain('Behaviour: tests of it');
  expect(sectionOf(card, 'general')).toMatchObject({ annex: 'point 1' });
  const performance = card.sections.find((section) => section.id === 'performance');
  expect(performance?.tables[0]).toEqual({
    title: 'Figures',
    heads: ['Figure', 'Estimate', '95 % interval', 'n'],
    rows: [['accuracy', '0.950', '0.930 to 0.970', '1,090']],
  });
  expect(performance?.tables[1]?.rows[0]).toEqual(['from', 'y', '50', '0.700']);
  expect(sectionOf(card, 'limits')).toMatchObject({
    facts: [{ term: 'performance', value: 'Column language has one value only.' }],
  });
  expect(sectionOf(card, 'data')).toMatchObject({ facts: expect.arrayContaining([{ term: 'Learned from', value: 'mail v1' }]) });
  expect(sectionOf(card, 'changes')).toMatchObject({
    tables: [{ rows: [[expect.any(String), 'development', 'staging', 'Sam', 'Looks good.']] }],
  });
});

describe('texts', () => {
  test('each save is a revision; the second of two at once is told', async () => {
    const caller = callerFor(user);
    await caller.cards.save({ ...ref(), texts: { purpose: 'To sort mail.', limits: ' ' }, note: 'first words', base: 0 });
    const both = await Promise.allSettled(
      ['a', 'b'].map((text) => caller.cards.save({ ...ref(), texts: { purpose: `To sort mail. ${text}` }, base: 1 })),
    );
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
    const { card, revisions } = await caller.cards.get(ref());
    expect(card).toMatchObject({ revision: 2, completeness: { written: 1 } });
    expect(revisions.map((one) => [one.number, one.note])).toEqual([
      [2, ''],
      [1, 'first words'],
    ]);
    expect((await caller.cards.get({ ...ref(), revision: 1 })).texts).toEqual({ purpose: 'To sort mail.' });
    await expect(caller.cards.get({ ...ref(), revision: 9 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await db.auditEntry.count({ where: { projectId: project.id, action: 'model.card.saved' } })).toBe(2);
  });

  test('a manager reads and writes nothing; a stranger sees nothing', async () => {
    const manager = callerFor(await createMember(project, 'manager'));
    expect((await manager.cards.get(ref())).mayWrite).toBe(false);
    await expect(manager.cards.save({ ...ref(), texts: {}, base: 2 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const stranger = await createScope('admin');
    await expect(callerFor(stranger.user).cards.get({ ...ref(), project: stranger.project.name })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('the next version begins with the words of the one before', async () => {
    const caller = callerFor(user);
    const model = await db.model.findFirstOrThrow({ where: { projectId: project.id } });
    const next = await createVersion(model);
    const begun = await caller.cards.get({ ...ref(), number: next.number });
    expect(begun.card.revision).toBe(0);
    expect(begun.texts.purpose).toMatch(/^To sort mail/);
    expect(begun.card.completeness.written).toBe(0);
    const changes = await caller.cards.diff({ ...ref(), number: next.number, against: version.number });
    expect(changes).toContainEqual({ section: 'Data and its governance', what: 'Learned from', before: 'mail v1', after: null });
  });
});

test('a request keeps the card as it was', async () => {
  const card = await collectCard(scope, version.id, new Date());
  const requestId = '018f0000-0000-7000-8000-00000000cafe';
  await transaction((tx) => freezeCard(tx, scope, { requestId, modelVersionId: version.id, card }));
  await callerFor(user).cards.save({ ...ref(), texts: { purpose: 'Something else.' }, base: 2 });
  const frozen = await callerFor(user).cards.frozen({ project: project.name, requestId });
  expect(frozen).toMatchObject({ revision: 2, card: { revision: 2 } });
  expect(JSON.stringify(frozen)).not.toContain('Something else.');
  const other = await createScope('admin');
  expect(await getFrozenCard(other.scope, requestId)).toBeNull();
});

test('exports are files of three kinds, and are recorded', async () => {
  const at = new Date('2026-01-02T00:00:00Z');
  const file = (format: 'md' | 'html' | 'json') =>
    exportCard(scope, { model: 'spam-filter', number: version.number }, format, at);
  expect(await file('md')).toMatchObject({
    filename: 'spam-filter-v2-card.md',
    body: expect.stringContaining('## Human oversight (Annex IV'),
  });
  expect((await file('html')).body).toContain('<title>Model card: spam-filter v2</title>');
  expect(modelCard.parse(JSON.parse((await file('json')).body)).form).toBe('stagecraft-card-1');
  expect(await db.auditEntry.count({ where: { projectId: project.id, action: 'data.exported' } })).toBe(3);
});
