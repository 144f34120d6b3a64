import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { buildVersion } from '#server/features/datasets/build.service.ts';
import { createDataset } from '#server/features/datasets/datasets.service.ts';
import { readColumns } from '#server/features/datasets/rows.service.ts';
import { receiveUpload } from '#server/features/datasets/uploads.service.ts';
import { getVersion } from '#server/features/datasets/versions.service.ts';
import { log } from '#server/log.ts';
import { db, transaction } from '#server/platform/db/client.ts';
import { callerFor, callerWithRole } from '#server/testing/caller.ts';
import { createMember, createProject, createUser, scopeFor, type TestProject } from '#server/testing/factories.ts';
import type { CreateLabelingInput } from './labeling.schema.ts';
import { createLabeling, createLabelingProjectFromKeys, getLabeling } from './labeling.service.ts';
import { handler } from './prepare.handler.ts';

const ROWS = 60;
const job = { signal: new AbortController().signal, log, jobId: 'test', lastAttempt: false };
let project: TestProject;
let scope: ProjectScope;
let versionId: string;

/** Sixty mails; every third has a label already. */
function mails(): string {
  return Array.from({ length: ROWS }, (_, n) =>
    JSON.stringify({
      id: `m${n}`,
      received_at: `2002-09-${String((n % 28) + 1).padStart(2, '0')}T08:00:00Z`,
      subject: `Subject ${n}`,
      body: `Body of mail ${n}`,
      label: n % 3 === 0 ? 'ham' : null,
    }),
  ).join('\n');
}

const definition = (name: string): CreateLabelingInput => ({
  name,
  question: 'Is it spam?',
  labels: [
    { name: 'spam', color: 1, hotkey: '1', description: '' },
    { name: 'ham', color: 0, hotkey: '2', description: '' },
  ],
  guideline: '**Spam** is mail that nobody asked for.',
  datasetVersionId: versionId,
  columns: ['subject', 'received_at', 'body'],
  leaseSeconds: 300,
  sample: { n: 12, seed: 7, onlyUnlabeled: true },
});

async function prepared(name: string, change: Partial<CreateLabelingInput> = {}) {
  const made = await createLabeling(scope, { ...definition(name), ...change });
  expect(made.status).toBe('preparing');
  await handler({ projectId: project.id, projectName: project.name, labelingId: made.id }, job);
  return getLabeling(scope, name);
}

beforeAll(async () => {
  project = await createProject();
  scope = scopeFor(project, await createMember(project, 'scientist'), 'scientist');
  const file = await receiveUpload(scope, { filename: 'mails.jsonl', body: Readable.from([Buffer.from(mails())]) });
  const columns = [
    { name: 'id', kind: 'key' as const },
    { name: 'received_at', kind: 'time' as const },
    { name: 'subject', kind: 'text' as const },
    { name: 'body', kind: 'text' as const },
    { name: 'label', kind: 'label' as const },
  ];
  const made = await createDataset(scope, {
    name: 'mail',
    description: '',
    note: '',
    uploadId: file.id,
    format: 'jsonl',
    columns,
    split: { kind: 'none' },
  });
  versionId = made.versionId;
  await buildVersion(scope, versionId, job);
});

describe('making a labeling project', () => {
  it('draws unlabeled rows by seed, the same ones each time', async () => {
    const one = await prepared('by-seed');
    expect(one).toMatchObject({
      status: 'active',
      keyColumn: 'id',
      counts: { total: 12, open: 12 },
      sample: { kind: 'random', available: 40 },
    });
    await prepared('by-seed-again');
    const keysOf = async (name: string) =>
      (await db.labelItem.findMany({ where: { labelingProject: { name } }, orderBy: { position: 'asc' } })).map(
        (item) => item.rowKey,
      );
    const keys = await keysOf('by-seed');
    expect(await keysOf('by-seed-again')).toEqual(keys);
    expect(keys.every((key) => Number(key.slice(1)) % 3 !== 0)).toBe(true);
    const first = await db.labelItem.findFirst({ where: { labelingProject: { name: 'by-seed' }, position: 1 } });
    expect(Object.keys(first?.data as object).sort()).toEqual(['body', 'received_at', 'subject']);
  });

  it('fills the queue once, also when the job runs twice', async () => {
    const made = await prepared('twice');
    await handler({ projectId: project.id, projectName: project.name, labelingId: made.id }, job);
    expect((await getLabeling(scope, 'twice')).counts.total).toBe(12);
  });

  it('takes rows by key in the order given, labeled or not', async () => {
    const { sample: _, ...rest } = definition('by-key');
    const made = await transaction((tx) =>
      createLabelingProjectFromKeys(tx, scope, { ...rest, keyColumn: 'id', rowKeys: ['m9', 'm3', 'nobody', 'm3'] }),
    );
    await handler({ projectId: project.id, projectName: project.name, labelingId: made.id }, job);
    expect(await getLabeling(scope, 'by-key')).toMatchObject({
      status: 'active',
      sample: { kind: 'keys', found: 2 },
      columns: [{ kind: 'text' }, { kind: 'time' }, { kind: 'text' }],
    });
    const items = await db.labelItem.findMany({ where: { labelingProjectId: made.id }, orderBy: { position: 'asc' } });
    expect(items.map((item) => item.rowKey)).toEqual(['m9', 'm3']);
  });

  it('says what is wrong and makes nothing', async () => {
    const refused = (change: Partial<CreateLabelingInput>) => createLabeling(scope, { ...definition('wrong'), ...change });
    await expect(refused({ columns: ['nothing'] })).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('"nothing"'),
    });
    await expect(refused({ columns: ['label'] })).rejects.toMatchObject({ code: 'INVALID' });
    await expect(refused({ sample: { ...definition('x').sample, split: 'autumn' } })).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('train'),
    });
    await expect(refused({ datasetVersionId: randomUUID() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(refused({ name: 'by-seed' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await db.labelingProject.count({ where: { name: 'wrong' } })).toBe(0);
  });

  it('ends with a reason when no row can be taken', async () => {
    const { sample: _, ...rest } = definition('no-rows');
    const made = await transaction((tx) =>
      createLabelingProjectFromKeys(tx, scope, { ...rest, keyColumn: 'id', rowKeys: ['nobody'] }),
    );
    await handler({ projectId: project.id, projectName: project.name, labelingId: made.id }, job);
    expect(await getLabeling(scope, 'no-rows')).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('None of the rows'),
    });
  });
});

describe('from labels to a dataset version', () => {
  it('writes the labels that stand, marked with their source, and names both parents', async () => {
    await prepared('to-version');
    const annotator = await callerWithRole(project, 'annotator');
    const scientist = await callerWithRole(project, 'scientist');
    const at = { project: project.name, labeling: 'to-version' };
    await expect(scientist.labeling.makeVersion(at)).rejects.toMatchObject({ code: 'CONFLICT' });
    const { items } = await annotator.labeling.next({ ...at, take: 12 });
    for (const [index, item] of items.slice(0, 5).entries()) {
      await annotator.labeling.answer({
        ...at,
        annotationId: randomUUID(),
        itemId: item.id,
        label: index < 2 ? 'spam' : 'ham',
        durationMs: 900,
      });
    }
    const skipped = items[5];
    await annotator.labeling.skip({
      ...at,
      annotationId: randomUUID(),
      itemId: skipped?.id ?? '',
      reason: "Can't tell",
      durationMs: 400,
    });
    const made = await scientist.labeling.makeVersion(at);
    expect(made).toMatchObject({ number: 2, dataset: 'mail', labels: 5 });
    await buildVersion(scope, made.id, job);
    const version = await getVersion(scope, made.id);
    expect(version.status).toBe('ready');
    expect(version.lineage.map((link) => [link.type, link.name])).toEqual([
      ['dataset_version', 'mail v1'],
      ['labeling_project', 'to-version'],
    ]);
    const { columns } = await readColumns(scope, made.id, { columns: ['id', 'label', '_label_source'] });
    const labeled = columns._label_source?.flatMap((source, index) =>
      source === 'labeling:to-version' ? [columns.id?.[index]] : [],
    );
    expect(new Set(labeled)).toEqual(new Set(items.slice(0, 5).map((item) => item.key)));
    expect(columns.label?.filter((label) => label !== null)).toHaveLength(25);
  });
});

describe('who may do what', () => {
  it('shows annotators their own work only, managers everything, and lets managers change nothing', async () => {
    await prepared('rights');
    const at = { project: project.name, labeling: 'rights' };
    const annotator = await callerWithRole(project, 'annotator');
    expect((await annotator.labeling.get(at)).team).toBe(null);
    await expect(annotator.labeling.team(at)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(annotator.labeling.items(at)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(annotator.labeling.setState({ ...at, version: 1, state: 'closed' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const manager = await callerWithRole(project, 'manager');
    expect((await manager.labeling.get(at)).team).not.toBe(null);
    expect((await manager.labeling.team(at)).byLabel).toEqual([
      { label: 'spam', count: 0 },
      { label: 'ham', count: 0 },
    ]);
    expect((await manager.labeling.items({ ...at, state: 'open' })).total).toBe(12);
    await expect(manager.labeling.next(at)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const stranger = callerFor(await createUser());
    await expect(stranger.labeling.get(at)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('lets leads see the team, put items back, edit and close, and tells who came second', async () => {
    await prepared('leads');
    const at = { project: project.name, labeling: 'leads' };
    const annotator = await callerWithRole(project, 'annotator');
    const lead = await callerWithRole(project, 'reviewer');
    const [item] = (await annotator.labeling.next({ ...at, take: 2 })).items;
    await annotator.labeling.answer({
      ...at,
      annotationId: randomUUID(),
      itemId: item?.id ?? '',
      label: 'ham',
      durationMs: 2000,
    });
    expect((await lead.labeling.team(at)).people).toMatchObject([{ done: 1, holding: 1, medianMs: 2000 }]);
    expect(await lead.labeling.items({ ...at, label: 'ham' })).toMatchObject({
      total: 1,
      rows: [{ state: 'done', label: 'ham', durationMs: 2000 }],
    });
    await lead.labeling.returnItem({ ...at, itemId: item?.id ?? '' });
    expect((await lead.labeling.items({ ...at, state: 'open' })).total).toBe(11);
    const { mine, progress } = await annotator.labeling.progress({ ...at, since: new Date(Date.now() - 60_000) });
    expect([mine.sinceDone, progress.done]).toEqual([0, 0]);
    const edited = await lead.labeling.update({ ...at, version: 1, guideline: 'Newsletters are ham.' });
    expect(edited).toMatchObject({ version: 2, guideline: 'Newsletters are ham.' });
    await expect(lead.labeling.setState({ ...at, version: 1, state: 'closed' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await lead.labeling.setState({ ...at, version: 2, state: 'closed' })).status).toBe('closed');
    expect((await annotator.labeling.next(at)).items).toEqual([]);
    const actions = await db.auditEntry.findMany({
      where: { projectId: project.id, targetName: 'leads' },
      orderBy: { at: 'asc' },
    });
    expect(actions.map((entry) => entry.action)).toEqual([
      'labeling.created',
      'labeling.work.started',
      'labeling.item.returned',
      'labeling.updated',
      'labeling.closed',
    ]);
  });
});
