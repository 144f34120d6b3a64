import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { log } from '#server/log.ts';
import { db } from '#server/platform/db/client.ts';
import { callerWithRole } from '#server/testing/caller.ts';
import { createScope } from '#server/testing/factories.ts';
import { buildVersion } from './build.service.ts';
import { receiveUpload, sweepUploads } from './uploads.service.ts';

const columns = [{ name: 'a', kind: 'text' as const }];
const split = { kind: 'none' as const };

async function begin(bytes = 'a\nx\n') {
  const made = await createScope('scientist');
  const upload = await receiveUpload(made.scope, { filename: '../x/my table.csv', body: Readable.from([Buffer.from(bytes)]) });
  const caller = await callerWithRole(made.project, 'scientist');
  const input = { project: made.project.name, name: 'table', uploadId: upload.id, format: 'csv' as const, columns, split };
  return { ...made, upload, caller, input };
}

const build = (scope: Parameters<typeof buildVersion>[0], id: string) =>
  buildVersion(scope, id, { signal: new AbortController().signal, log });

test('a dataset is made, built, read, put away and taken back, and each act is recorded', async () => {
  const { scope, project, caller, input, upload } = await begin();
  expect(upload.filename).toBe('my table.csv');
  const made = await caller.datasets.create(input);
  expect(made).toMatchObject({ dataset: 'table', number: 1 });
  expect(await caller.datasets.list({ project: project.name })).toMatchObject([
    { name: 'table', latest: { status: 'building' } },
  ]);
  await build(scope, made.versionId);
  const version = await caller.datasets.version({ project: project.name, dataset: 'table', number: 1 });
  expect(version).toMatchObject({ status: 'ready', rowCount: 1, difference: '1 row imported', usage: { runs: 0 } });
  await caller.datasets.archive({ project: project.name, dataset: 'table', archived: true });
  expect(await caller.datasets.list({ project: project.name })).toEqual([]);
  expect(await caller.datasets.list({ project: project.name, archived: true })).toHaveLength(1);
  await expect(caller.datasets.newSplit({ project: project.name, versionId: made.versionId, split })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await caller.datasets.archive({ project: project.name, dataset: 'table', archived: false });
  const actions = await db.auditEntry.findMany({
    where: { projectId: project.id },
    orderBy: { at: 'asc' },
    select: { action: true },
  });
  expect(actions.map((entry) => entry.action)).toEqual([
    'upload.received',
    'dataset.created',
    'dataset.version.created',
    'dataset.version.ready',
    'dataset.archived',
    'dataset.restored',
  ]);
});

test('a name that is taken, another project’s upload and a split that does not fit change nothing', async () => {
  const { project, caller, input } = await begin();
  const other = await begin();
  await expect(caller.datasets.create({ ...input, uploadId: other.upload.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const byTime = { kind: 'time' as const, column: 'a', parts: [{ name: 'train', share: 1 }] };
  await expect(caller.datasets.create({ ...input, split: byTime })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(await caller.datasets.list({ project: project.name })).toEqual([]);
  await caller.datasets.create(input);
  await expect(caller.datasets.create(input)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a stopped build stays stopped, and says who stopped it', async () => {
  const { scope, project, caller, input } = await begin();
  const { versionId } = await caller.datasets.create(input);
  await caller.datasets.cancel({ project: project.name, versionId });
  await build(scope, versionId);
  const version = await caller.datasets.version({ project: project.name, dataset: 'table', number: 1 });
  expect(version.status).toBe('failed');
  expect(version.error).toContain('stopped the build');
  await expect(caller.datasets.cancel({ project: project.name, versionId })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a build that is stopped while it runs ends soon and leaves no data', async () => {
  const rows = Array.from({ length: 400_000 }, (_, index) => `${index} ${'word '.repeat(8)}`).join('\n');
  const { scope, project, caller, input } = await begin(`a\n${rows}\n`);
  const { versionId } = await caller.datasets.create(input);
  const running = build(scope, versionId);
  await new Promise((done) => setTimeout(done, 300));
  await caller.datasets.cancel({ project: project.name, versionId });
  await running;
  expect(await db.datasetVersion.findUnique({ where: { id: versionId } })).toMatchObject({ status: 'failed', dataKey: null });
});

test('an annotator reads, and changes nothing; a stranger sees nothing', async () => {
  const { project, input } = await begin();
  const annotator = await callerWithRole(project, 'annotator');
  expect(await annotator.datasets.list({ project: project.name })).toEqual([]);
  await expect(annotator.datasets.create(input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const stranger = await callerWithRole((await createScope()).project, 'admin');
  await expect(stranger.datasets.list({ project: project.name })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('uploads are forgotten after a week, what became a version stays', async () => {
  const { scope, caller, input, upload } = await begin();
  const { versionId } = await caller.datasets.create(input);
  expect(await sweepUploads(new Date())).toBe(0);
  await sweepUploads(new Date(Date.now() + 8 * 24 * 3600 * 1000));
  expect(await db.upload.findUnique({ where: { id: upload.id } })).toBeNull();
  await build(scope, versionId);
  expect(await db.datasetVersion.findUnique({ where: { id: versionId } })).toMatchObject({ status: 'ready' });
});

test('an empty file is refused and leaves no upload', async () => {
  const { scope } = await createScope();
  await expect(receiveUpload(scope, { filename: 'x', body: Readable.from([]) })).rejects.toMatchObject({ code: 'INVALID' });
  expect(await db.upload.count({ where: { projectId: scope.projectId } })).toBe(0);
});
