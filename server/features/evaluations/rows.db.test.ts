import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { closeClient } from '#server/inference/client.ts';
import { db } from '#server/platform/db/client.ts';
import { putObject } from '#server/platform/storage/objects.ts';
import { callerWithRole } from '#server/testing/caller.ts';
import { createScope, type TestProject } from '#server/testing/factories.ts';
import { SPAM_SIGNATURE, spamGraph } from '#server/testing/graphs.ts';
import { createDatasetVersion, createModel, createVersion, type LabeledRow } from '#server/testing/model-rows.ts';
import { listRowsInput, rowsFilter } from './rows.schema.ts';
import { labelRows, listRowFacets, listRowNumbers, listRows, openRow, tagRows } from './rows.service.ts';

/** 40 mails to judge on: v1 only knows "money", so it misses the prizes (rows 1, 5, 9 …); both are wrong on row 3. */
const ROWS: LabeledRow[] = Array.from({ length: 40 }, (_, i) => ({
  id: `mail-${i}`,
  from: i % 2 === 0 ? 'example.org' : 'example.com',
  body: i % 4 === 0 ? 'win money now' : i % 4 === 1 ? `win prize number ${i}` : 'the meeting is moved',
  label: i % 4 < 2 || i === 3 ? 'spam' : 'ham',
  split: 'test',
}));
const PLACE = { model: 'spam-filter', candidate: 2, incumbent: 1 };

let project: TestProject;
let scope: ProjectScope;
let datasetVersionId: string;

beforeEach(async () => {
  ({ project, scope } = await createScope('scientist'));
  const model = await createModel(project);
  datasetVersionId = (await createDatasetVersion(project, ROWS)).id;
  for (const graph of [spamGraph(['money', 'meeting'], [2, -3]), spamGraph()]) {
    const stored = await putObject(Buffer.from(graph), { mediaType: 'application/onnx' });
    await createVersion(model, { graphKey: stored.key, signature: SPAM_SIGNATURE, datasetVersionId });
  }
});
afterAll(() => closeClient());

const list = (filter: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
  listRows(scope, listRowsInput.parse({ ...PLACE, filter: { show: 'changed', ...filter }, ...more }));

describe('rows of two versions', () => {
  it('that are answered differently, better or worse, or wrong, each counted', async () => {
    const page = await list();
    expect(page).toMatchObject({ on: { dataset: 'mail', number: 1, split: 'test' }, candidate: 2, incumbent: 1, matching: 10 });
    expect(page.counts).toEqual({
      all: 40,
      changed: 10,
      better: 10,
      worse: 0,
      wrong: 11,
      candidate_wrong: 1,
      incumbent_wrong: 11,
    });
    expect(page.rows[0]).toMatchObject({
      row: 1,
      fields: [
        { name: 'from', value: 'example.com' },
        { name: 'body', value: 'win prize number 1' },
      ],
      truth: 'spam',
      candidate: { label: 'spam' },
      incumbent: { label: 'ham' },
      tags: [],
    });
    expect((await list({ show: 'candidate_wrong' })).rows.map((row) => row.row)).toEqual([3]);
  });

  it('page by page, in the order that was asked for', async () => {
    const rows = (await list({}, { cursor: 8, limit: 5 })).rows;
    expect(rows.map((row) => row.row)).toEqual([33, 37]);
    const surest = (await list({ show: 'all' }, { sort: 'confidence', limit: 40 })).rows.map(
      (row) => row.candidate.confidence ?? 0,
    );
    expect(surest).toEqual([...surest].sort((a, b) => b - a));
  });

  it('of a slice, a cell of the confusion, a band of confidence, with words or a tag', async () => {
    const shown = async (filter: Record<string, unknown>) => (await list({ show: 'all', ...filter })).matching;
    expect(await shown({ column: 'from', value: 'example.org' })).toBe(20);
    expect(await shown({ truth: 'spam', said: 'ham' })).toBe(1);
    expect(await shown({ text: 'PRIZE number 5' })).toBe(1);
    expect(await shown({ from: 0.5, to: 1 })).toBe(40);
    expect(await shown({ from: 0, to: 0.4 })).toBe(0);
    await tagRows(scope, { datasetVersionId, rows: [1, 5], tag: 'prizes', on: true });
    expect(await shown({ tag: 'prizes' })).toBe(2);
    expect((await list()).rows[0]?.tags).toEqual(['prizes']);
    expect(await listRowNumbers(scope, { ...PLACE, filter: rowsFilter.parse({ show: 'changed', tag: 'prizes' }) })).toEqual({
      rows: [1, 5],
      matching: 2,
    });
    await expect(list({ column: 'nothing', value: '1' })).rejects.toMatchObject({ code: 'INVALID' });
  });

  it('can be filtered by what there is', async () => {
    const facets = await listRowFacets(scope, PLACE);
    expect(facets).toMatchObject({
      classes: ['ham', 'spam'],
      confusion: [
        [19, 0],
        [1, 20],
      ],
      may: { tag: true, label: true, test: true },
    });
    expect(facets.columns).toEqual([
      { name: 'from', values: [expect.objectContaining({ rows: 20 }), expect.objectContaining({ rows: 20 })] },
    ]);
    expect(facets.parts[0]).toMatchObject({ dataset: 'mail', split: 'test' });
  });

  it('one version alone has wrong rows, no changed ones', async () => {
    const page = await listRows(scope, listRowsInput.parse({ model: 'spam-filter', candidate: 1, filter: { show: 'wrong' } }));
    expect(page).toMatchObject({ incumbent: null, matching: 11, counts: { changed: 0, incumbent_wrong: 0 } });
    expect(page.rows[0]?.incumbent).toBeNull();
  });
});

describe('one row', () => {
  it('whole, with both answers and all probabilities', async () => {
    const row = await openRow(scope, { ...PLACE, row: 1 });
    expect(row).toMatchObject({
      truth: 'spam',
      answers: [
        { version: 1, label: 'ham' },
        { version: 2, label: 'spam' },
      ],
    });
    expect(row.fields.find((field) => field.name === 'body')).toEqual({
      name: 'body',
      kind: 'text',
      value: 'win prize number 1',
      input: true,
    });
    expect(row.answers[0]?.probabilities.reduce((sum, one) => sum + one.probability, 0)).toBeCloseTo(1);
    await expect(openRow(scope, { ...PLACE, row: 400 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('what is done with rows', () => {
  it('a tag is put on and taken away once, in the record', async () => {
    const tag = { datasetVersionId, rows: [1, 2], tag: 'look', on: true };
    expect(await tagRows(scope, tag)).toEqual({ changed: 2 });
    expect(await tagRows(scope, tag)).toEqual({ changed: 0 });
    expect(await tagRows(scope, { ...tag, rows: [2], on: false })).toEqual({ changed: 1 });
    expect(await db.auditEntry.count({ where: { projectId: project.id, action: { startsWith: 'dataset.rows.' } } })).toBe(2);
    await expect(tagRows(scope, { ...tag, rows: [4000] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('they go to labeling by their key, with the classes as labels', async () => {
    const made = await labelRows(scope, { ...PLACE, rows: [1, 3], name: 'doubtful-mail', question: 'Is it spam?' });
    expect(made).toEqual({ name: 'doubtful-mail', rows: 2 });
    const kept = await db.labelingProject.findFirstOrThrow({ where: { projectId: project.id } });
    expect(kept).toMatchObject({
      keyColumn: 'id',
      sample: { kind: 'keys', keys: ['mail-1', 'mail-3'] },
      labels: [
        { name: 'ham', hotkey: '1' },
        { name: 'spam', hotkey: '2' },
      ],
    });
  });

  it('a manager looks, and changes nothing; another project sees nothing', async () => {
    const manager = await callerWithRole(project, 'manager');
    const at = { project: project.name, ...PLACE };
    expect((await manager.rows.list(at)).matching).toBe(10);
    await expect(manager.rows.tag({ project: project.name, datasetVersionId, rows: [1], tag: 'x' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const stranger = await createScope('scientist');
    await expect(listRows(stranger.scope, listRowsInput.parse(PLACE))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(tagRows(stranger.scope, { datasetVersionId, rows: [1], tag: 'x', on: true })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
