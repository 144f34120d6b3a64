import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { DomainError } from '#server/errors.ts';
import { db } from '#server/platform/db/client.ts';
import { createMember, createProject, scopeFor, type TestProject } from '#server/testing/factories.ts';
import { answerItem, listHistory, skipItem, undoAnswer } from './answers.service.ts';
import { leaveQueue, nextItems, renewItems } from './queue.service.ts';

const labeling = 'queue';
const base = { labeling, take: 4, exclude: [] as string[] };
let project: TestProject;
let labelingId: string;

async function fill(items: number): Promise<void> {
  const made = await db.labelingProject.create({
    data: {
      projectId: project.id,
      name: labeling,
      question: 'Is it spam?',
      labels: [
        { name: 'spam', color: 1, hotkey: '1', description: '' },
        { name: 'ham', color: 0, hotkey: '2', description: '' },
      ],
      displayColumns: [{ name: 'subject', kind: 'text' }],
      datasetVersionId: randomUUID(),
      keyColumn: 'id',
      sample: { kind: 'keys', keys: [] },
      status: 'active',
    },
  });
  labelingId = made.id;
  await db.labelItem.createMany({
    data: Array.from({ length: items }, (_, index) => ({
      projectId: project.id,
      labelingProjectId: made.id,
      position: index + 1,
      rowKey: `row-${index}`,
      data: { subject: `Subject ${index}` },
    })),
  });
}

async function annotator(): Promise<ProjectScope> {
  return scopeFor(project, await createMember(project, 'annotator'), 'annotator');
}

const answer = (itemId: string, label = 'spam', annotationId: string = randomUUID()) => ({
  labeling,
  annotationId,
  itemId,
  label,
  durationMs: 1200,
});
const runOut = (itemId: string) =>
  db.labelItem.update({ where: { id: itemId }, data: { leasedUntil: new Date(Date.now() - 1000) } });
const standing = (itemId: string) => db.annotation.findMany({ where: { itemId, undoneAt: null } });

async function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof DomainError ? `${error.code} ${error.details?.reason ?? ''}`.trim() : error;
}

async function first(scope: ProjectScope) {
  const [item] = (await nextItems(scope, { ...base, take: 1 })).items;
  if (!item) throw new Error('the queue is empty');
  return item;
}

beforeEach(async () => {
  project = await createProject();
});

describe('many annotators at once', () => {
  it('gives no item twice and keeps exactly one answer of each', async () => {
    await fill(240);
    const people = await Promise.all(Array.from({ length: 16 }, annotator));
    const givenTo = new Map<string, Set<string>>();
    let refusals = 0;
    await Promise.all(
      people.map(async (scope, index) => {
        for (;;) {
          const { items } = await nextItems(scope, { ...base, take: 1 + (index % 5) });
          if (items.length === 0) return;
          for (const item of items) givenTo.set(item.id, (givenTo.get(item.id) ?? new Set()).add(scope.actor.id ?? ''));
          for (const item of items) await answerItem(scope, answer(item.id)).catch(() => (refusals += 1));
        }
      }),
    );
    expect([...givenTo.values()].every((people) => people.size === 1)).toBe(true);
    expect(givenTo.size).toBe(240);
    expect(refusals).toBe(0);
    expect(await db.annotation.count({ where: { labelingProjectId: labelingId } })).toBe(240);
    expect(await db.labelItem.count({ where: { labelingProjectId: labelingId, status: 'done' } })).toBe(240);
  });

  it('keeps one answer when all of them answer the same item', async () => {
    await fill(1);
    const people = await Promise.all(Array.from({ length: 8 }, annotator));
    const [one] = people;
    if (!one) throw new Error('nobody');
    const item = await first(one);
    const outcomes = await Promise.all(people.map((scope) => reasonOf(answerItem(scope, answer(item.id)))));
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'CONFLICT answered_by_other')).toHaveLength(7);
    expect(await standing(item.id)).toHaveLength(1);
  });
});

describe('one person, clicking twice or in two windows', () => {
  it('counts the same answer once, however often it is sent', async () => {
    await fill(3);
    const scope = await annotator();
    const item = await first(scope);
    const sent = answer(item.id);
    const results = await Promise.all([answerItem(scope, sent), answerItem(scope, sent), answerItem(scope, sent)]);
    expect(new Set(results.map((result) => result.annotation.id))).toEqual(new Set([sent.annotationId]));
    expect(await db.annotation.count({ where: { itemId: item.id } })).toBe(1);
  });

  it('takes the same label from a second window as the same answer, and says what was said where it differs', async () => {
    await fill(3);
    const scope = await annotator();
    const item = await first(scope);
    const one = answer(item.id);
    await answerItem(scope, one);
    expect((await answerItem(scope, answer(item.id))).annotation.id).toBe(one.annotationId);
    await expect(answerItem(scope, answer(item.id, 'ham'))).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'answered_by_you', annotationId: one.annotationId, label: 'spam' },
    });
    expect(await reasonOf(answerItem(scope, { ...one, label: 'ham' }))).toBe('CONFLICT id_reused');
  });

  it('gives both windows, and a reload, the same items', async () => {
    await fill(20);
    const scope = await annotator();
    const windows = await Promise.all([nextItems(scope, base), nextItems(scope, base), nextItems(scope, base)]);
    const ids = windows.map((window) => window.items.map((item) => item.id));
    expect(ids[1]).toEqual(ids[0]);
    expect(ids[2]).toEqual(ids[0]);
    expect(await db.labelItem.count({ where: { leasedById: scope.actor.id } })).toBe(4);
    const more = await nextItems(scope, { ...base, exclude: ids[0]?.slice(0, 2) ?? [] });
    expect(more.items.map((item) => item.position)).toEqual([3, 4, 5, 6]);
  });
});

describe('leases', () => {
  it('keeps items from others until they run out or are given back', async () => {
    await fill(4);
    const [one, two] = await Promise.all([annotator(), annotator()]);
    const { items } = await nextItems(one, base);
    expect((await nextItems(two, base)).items).toEqual([]);
    await runOut(items[0]?.id ?? '');
    expect((await nextItems(two, base)).items.map((item) => item.id)).toEqual([items[0]?.id]);
    expect(await leaveQueue(one, labeling)).toEqual({ released: 3 });
    expect((await nextItems(two, base)).items).toHaveLength(4);
  });

  it('prolongs what nobody else has taken, and tells what somebody has', async () => {
    await fill(2);
    const [one, two] = await Promise.all([annotator(), annotator()]);
    const { items } = await nextItems(one, base);
    const ids = items.map((item) => item.id);
    await Promise.all(ids.map(runOut));
    await nextItems(two, { ...base, take: 1 });
    const { held } = await renewItems(one, { labeling, itemIds: ids });
    expect(held.map((item) => item.id)).toEqual([ids[1]]);
    expect(held[0]?.leasedUntil.getTime()).toBeGreaterThan(Date.now() + 200_000);
  });

  it('keeps an answer whose lease ran out when nobody else answered', async () => {
    await fill(1);
    const [one, two] = await Promise.all([annotator(), annotator()]);
    const item = await first(one);
    await runOut(item.id);
    await first(two);
    await answerItem(one, answer(item.id));
    expect(await reasonOf(answerItem(two, answer(item.id, 'ham')))).toBe('CONFLICT answered_by_other');
    expect(await standing(item.id)).toMatchObject([{ label: 'spam', userId: one.actor.id }]);
  });
});

describe('undo', () => {
  it('goes back through the whole session and gives the items back to the same person', async () => {
    await fill(6);
    const scope = await annotator();
    const sent = [];
    for (let n = 0; n < 6; n += 1) {
      const one = answer((await first(scope)).id);
      await answerItem(scope, one);
      sent.push(one);
    }
    const history = await listHistory(scope, { labeling, limit: 4 });
    expect(history.entries.map((entry) => entry.id)).toEqual(
      sent
        .slice(2)
        .map((one) => one.annotationId)
        .reverse(),
    );
    expect(history.more).toBe(true);
    const rest = await listHistory(scope, { labeling, limit: 4, before: history.entries.at(-1)?.id });
    expect(rest.entries).toHaveLength(2);
    for (const one of sent.reverse()) {
      const undone = await undoAnswer(scope, { labeling, annotationId: one.annotationId });
      expect(undone.item.id).toBe(one.itemId);
    }
    expect((await nextItems(scope, { ...base, take: 12 })).items).toHaveLength(6);
    expect(await db.annotation.count({ where: { labelingProjectId: labelingId, undoneAt: { not: null } } })).toBe(6);
  });

  it('may be sent twice, and not for an answer of somebody else', async () => {
    await fill(1);
    const [one, two] = await Promise.all([annotator(), annotator()]);
    const item = await first(one);
    const sent = answer(item.id);
    await answerItem(one, sent);
    expect(await reasonOf(undoAnswer(two, { labeling, annotationId: sent.annotationId }))).toBe('NOT_FOUND');
    await undoAnswer(one, { labeling, annotationId: sent.annotationId });
    await undoAnswer(one, { labeling, annotationId: sent.annotationId });
    expect((await answerItem(one, sent)).annotation.undone).toBe(true);
    await answerItem(one, answer(item.id, 'ham'));
    expect(await standing(item.id)).toMatchObject([{ label: 'ham' }]);
    expect(await reasonOf(undoAnswer(one, { labeling, annotationId: sent.annotationId }))).toBe('CONFLICT answered_since');
  });
});

describe('what is refused', () => {
  it('refuses labels that the question lacks, items of elsewhere and a closed queue, and keeps nothing', async () => {
    await fill(2);
    const scope = await annotator();
    const item = await first(scope);
    expect(await reasonOf(answerItem(scope, answer(item.id, 'eggs')))).toBe('INVALID');
    expect(await reasonOf(answerItem(scope, answer(randomUUID())))).toBe('NOT_FOUND');
    expect(await reasonOf(answerItem(scope, { ...answer(item.id), labeling: 'other' }))).toBe('NOT_FOUND');
    const kept = answer(item.id);
    await answerItem(scope, kept);
    await db.labelingProject.update({ where: { id: labelingId }, data: { status: 'closed' } });
    const [, second] = await db.labelItem.findMany({ where: { labelingProjectId: labelingId }, orderBy: { position: 'asc' } });
    expect(await reasonOf(answerItem(scope, answer(second?.id ?? '')))).toBe('CONFLICT closed');
    expect((await answerItem(scope, kept)).annotation.id).toBe(kept.annotationId);
    expect((await nextItems(scope, base)).items).toEqual([]);
    expect(await db.annotation.count({ where: { labelingProjectId: labelingId } })).toBe(1);
  });

  it('keeps the reason of a skip and who began to work', async () => {
    await fill(2);
    const scope = await annotator();
    const { labeling: name, annotationId, itemId, durationMs } = answer((await first(scope)).id);
    const skipped = await skipItem(scope, { labeling: name, annotationId, itemId, durationMs, reason: "Can't tell" });
    expect(skipped.progress).toEqual({ total: 2, done: 0, skipped: 1, open: 1 });
    await answerItem(scope, answer((await first(scope)).id));
    const audit = await db.auditEntry.findMany({ where: { projectId: project.id } });
    expect(audit.map((entry) => entry.action)).toEqual(['labeling.work.started']);
  });
});
