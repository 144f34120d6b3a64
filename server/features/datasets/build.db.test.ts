import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { ProjectScope } from '#server/auth/actor.ts';
import { log } from '#server/log.ts';
import { transaction } from '#server/platform/db/client.ts';
import { putObject, readObject } from '#server/platform/storage/objects.ts';
import { createScope } from '#server/testing/factories.ts';
import { buildVersion } from './build.service.ts';
import type { ImportColumn } from './columns.schema.ts';
import { createDataset } from './datasets.service.ts';
import { inspectUpload } from './inspect.service.ts';
import { listQuarantine, openQuarantined } from './quarantine.service.ts';
import type { LineageLink, Recipe, Split } from './recipe.schema.ts';
import { pageRows, readCell, readColumns } from './rows.service.ts';
import { receiveUpload } from './uploads.service.ts';
import { getReadyVersion, getVersion, importLabels, requestVersion } from './versions.service.ts';

const data = join(import.meta.dirname, '../../../node_modules/vega-datasets/data');
const halves: Split = {
  kind: 'random',
  seed: 7,
  parts: [
    { name: 'train', share: 0.5 },
    { name: 'test', share: 0.5 },
  ],
};

async function upload(scope: ProjectScope, filename: string, bytes: Buffer | string) {
  return receiveUpload(scope, { filename, body: Readable.from([Buffer.from(bytes)]) });
}

async function built(scope: ProjectScope, versionId: string) {
  await buildVersion(scope, versionId, { signal: new AbortController().signal, log });
  return getVersion(scope, versionId);
}

async function imported(
  scope: ProjectScope,
  o: { name: string; bytes: Buffer | string; columns?: ImportColumn[]; split?: Split },
) {
  const file = await upload(scope, `${o.name}.dat`, o.bytes);
  const seen = await inspectUpload(scope, { uploadId: file.id });
  const columns = o.columns ?? seen.columns.map(({ name, source, kind }) => ({ name, source, kind }));
  const { versionId } = await createDataset(scope, {
    name: o.name,
    description: '',
    note: '',
    uploadId: file.id,
    format: seen.format,
    options: seen.options,
    columns,
    split: o.split ?? { kind: 'none' },
  });
  return { seen, version: await built(scope, versionId) };
}

async function derived(scope: ProjectScope, datasetId: string, recipe: Recipe, lineage: LineageLink[] = []) {
  const { id } = await transaction((tx) => requestVersion(tx, scope, { datasetId, recipe, lineage }));
  return built(scope, id);
}

test('penguins: a JSON array with names that no identifier could have', async () => {
  const { scope } = await createScope();
  const { seen, version } = await imported(scope, {
    name: 'penguins',
    bytes: readFileSync(join(data, 'penguins.json')),
    split: halves,
  });
  expect(seen.columns.map(({ name, kind }) => [name, kind])).toEqual([
    ['Species', 'label'],
    ['Island', 'category'],
    ['Beak Length (mm)', 'number'],
    ['Beak Depth (mm)', 'number'],
    ['Flipper Length (mm)', 'number'],
    ['Body Mass (g)', 'number'],
    ['Sex', 'category'],
  ]);
  expect(version).toMatchObject({ status: 'ready', rowCount: 344, quarantinedCount: 0, number: 1 });
  expect(version.contentHash).toBe(version.dataKey);
  const mass = version.profile?.columns.find((column) => column.name === 'Body Mass (g)');
  expect(mass).toMatchObject({ missing: 2, numbers: { min: 2700, max: 6300, p50: 4050 } });
  expect(mass?.numbers?.mean).toBeCloseTo(4201.75, 2);
  expect(mass?.numbers?.std).toBeCloseTo(801.95, 2);
  expect(mass?.numbers?.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(342);
  expect(version.profile?.columns[0]?.top?.[0]).toEqual({ value: 'Adelie', count: 152 });
  expect(version.split?.parts).toEqual([
    { name: 'train', rows: 172 },
    { name: 'test', rows: 172 },
  ]);
});

test('weather: a CSV split by time, and the same bytes when built again', async () => {
  const { scope } = await createScope();
  const split: Split = {
    kind: 'time',
    column: 'date',
    parts: [
      { name: 'train', share: 0.8 },
      { name: 'test', share: 0.2 },
    ],
  };
  const bytes = readFileSync(join(data, 'weather.csv'));
  const { seen, version } = await imported(scope, { name: 'weather', bytes, split });
  expect(seen.split).toMatchObject({ kind: 'time', column: 'date' });
  expect(version.rowCount).toBe(2922);
  const [train, test] = version.profile?.parts ?? [];
  expect(train).toMatchObject({ name: 'train', rows: 2337 });
  expect(test).toMatchObject({ name: 'test', rows: 585 });
  expect(String(train?.to) <= String(test?.from)).toBe(true);
  const again = await imported(scope, { name: 'weather-again', bytes, split });
  expect(again.version.contentHash).toBe(version.contentHash);
  const page = await pageRows(scope, version.id, {
    offset: 0,
    limit: 2,
    filter: [{ op: 'is', column: 'location', value: 'Seattle' }],
    sort: { column: 'temp_max', descending: true },
  });
  expect(page.matching).toBe(1461);
  expect(page.rows[0]?.cells[3]).toBe(35.6);
  const columns = await readColumns(scope, version.id, { columns: ['date', 'temp_max', '_row'], split: 'test' });
  expect(columns.n).toBe(585);
  expect(columns.columns.date?.[0]).toMatch(/^2015-\d\d-\d\dT00:00:00\.000Z$/);
});

test('a hostile CSV: what does not fit is quarantined with its reason and raw form', async () => {
  const { scope } = await createScope();
  const csv = [
    'id;"we""ird, name";mass;when;;ID',
    '1;"a; b";1,5;2020-01-02;x;y',
    'short;row',
    '2;c;3.5;03/04/2021;x;y',
    '3;d;abc;2020-01-02;x;y',
    '4;e;;NA;x;y',
    '4;repeated;1;2020-01-02;x;y',
    ';no key;1;2020-01-02;x;y',
    '5;too;many;cells;x;y;z',
    '6;f;1;not a day;x;y',
  ].join('\r\n');
  const columns: ImportColumn[] = [
    { name: 'id', kind: 'key' },
    { name: 'we"ird, name', kind: 'text' },
    { name: 'mass', kind: 'number' },
    { name: 'when', kind: 'time' },
    { name: 'column_5', kind: 'category' },
    { name: 'ID_2', kind: 'ignore' },
  ];
  const { version } = await imported(scope, { name: 'hostile', bytes: csv, columns });
  expect(version).toMatchObject({ status: 'ready', error: null });
  const page = await pageRows(scope, version.id, { offset: 0, limit: 10 });
  expect(page.rows.map((row) => row.cells)).toEqual([
    ['2', 'c', 3.5, '2021-03-04T00:00:00.000Z', 'x'],
    ['4', 'e', null, null, 'x'],
  ]);
  const quarantine = await listQuarantine(scope, { versionId: version.id, offset: 0, limit: 20 });
  expect(quarantine.items.map(({ place, reason }) => [place, reason])).toEqual([
    ['row 2', 'too few cells'],
    ['row 8', 'too many cells'],
    ['row 1', 'mass: not a number'],
    ['row 4', 'mass: not a number'],
    ['row 6', 'id: a key that came before'],
    ['row 7', 'id: no key'],
    ['row 9', 'when: not a time'],
  ]);
  expect(version.quarantinedCount).toBe(7);
  const opened = await openQuarantined(scope, { versionId: version.id, index: 0 });
  expect(opened.raw).toBe('short;row');
  expect((await openQuarantined(scope, { versionId: version.id, index: 3 })).raw).toContain('"abc"');
});

test('JSON lines with broken lines, and a file in Windows-1252', async () => {
  const { scope } = await createScope();
  const { version } = await imported(scope, {
    name: 'lines',
    bytes: '{"a":"x","n":1}\nnot json\n[1]\n\n{"a":"y","n":2,"b/~":{"c":1}}\n',
  });
  const quarantine = await listQuarantine(scope, { versionId: version.id, offset: 0, limit: 20 });
  expect(quarantine.items.map(({ place, reason }) => [place, reason])).toEqual([
    ['line 2', 'not JSON'],
    ['line 3', 'not an object'],
  ]);
  expect(version.columns.map((column) => column.name)).toEqual(['a', 'n', 'b/~']);
  const latin = await imported(scope, { name: 'latin', bytes: Buffer.from('name,v\ngr\xfcn,1\nrot,2\n', 'latin1') });
  expect(latin.version.profile?.made.notes).toEqual(['The file was read as windows-1252.']);
  expect((await pageRows(scope, latin.version.id, { offset: 0, limit: 1 })).rows[0]?.cells[0]).toBe('grün');
});

test('Parquet comes in as it goes out', async () => {
  const { scope } = await createScope();
  const first = await imported(scope, { name: 'first', bytes: 'id,n,t\na,1.5,2020-01-01\nb,2,2020-01-02\n' });
  const { dataKey } = await getReadyVersion(scope, first.version.id);
  const { version } = await imported(scope, { name: 'second', bytes: await readObject(dataKey) });
  expect(version.columns.slice(0, 3)).toEqual(first.version.columns);
  const rows = await pageRows(scope, version.id, { offset: 0, limit: 5 });
  expect(rows.rows.map((row) => row.cells.slice(0, 3))).toEqual([
    ['a', 1.5, '2020-01-01T00:00:00.000Z'],
    ['b', 2, '2020-01-02T00:00:00.000Z'],
  ]);
});

test('labels by key: fill and overwrite, and what names no row', async () => {
  const { scope } = await createScope();
  const { version } = await imported(scope, { name: 'mail', bytes: 'id,label\na,spam\nb,\nc,\n' });
  const file = await upload(scope, 'labels.csv', 'key,label\na,ham\nb,ham\nzz,ham\nc,\nc,spam\nc,ham\n');
  const fill = await importLabels(scope, { versionId: version.id, uploadId: file.id, keyColumn: 'id', mode: 'fill', note: '' });
  const filled = await built(scope, fill.id);
  expect(filled).toMatchObject({ status: 'ready', number: 2, difference: '+1 labels imported', parent: { number: 1 } });
  expect(filled.profile?.made.counts).toEqual({ given: 2, filled: 1, changed: 0, kept: 1 });
  const values = await readColumns(scope, filled.id, { columns: ['label', '_label_source'] });
  expect(values.columns).toEqual({ label: ['spam', 'ham', null], _label_source: ['import', 'import', null] });
  expect((await readColumns(scope, filled.id, { columns: ['id'], requireLabel: true })).columns).toEqual({ id: ['a', 'b'] });
  const quarantine = await listQuarantine(scope, { versionId: filled.id, offset: 0, limit: 20 });
  expect(quarantine.reasons).toEqual([
    { reason: 'a key with two labels', count: 2 },
    { reason: 'no label', count: 1 },
    { reason: 'no row has this key', count: 1 },
  ]);
  const { key } = await putObject('{"key":"a","label":"ham"}\n{"key":"c","label":"spam","source":"outcome:x"}\n', {
    mediaType: 'application/x-ndjson',
  });
  const recipe: Recipe = { kind: 'labels', parentId: filled.id, objectKey: key, keyColumn: 'id', mode: 'overwrite' };
  const hand = await derived(scope, version.datasetId, recipe, [
    { type: 'labeling_project', id: crypto.randomUUID(), name: 'september' },
  ]);
  expect((await readColumns(scope, hand.id, { columns: ['label', '_label_source'] })).columns).toEqual({
    label: ['ham', 'ham', 'spam'],
    _label_source: ['labeling:september', 'import', 'outcome:x'],
  });
  expect(hand.lineage.map((link) => link.type)).toEqual(['dataset_version', 'labeling_project']);
});

test('a table without a label column gets one with its first labels, by position too', async () => {
  const { scope } = await createScope();
  const { version } = await imported(scope, { name: 'plain', bytes: 'n,Label2\n1,x\n2,y\n' });
  expect(version.columns.some((column) => column.kind === 'label')).toBe(false);
  await expect(readColumns(scope, version.id, { columns: ['n'], requireLabel: true })).rejects.toMatchObject({ code: 'INVALID' });
  const { key } = await putObject('{"key":"1","label":"good"}\n', { mediaType: 'application/x-ndjson' });
  const labeled = await derived(scope, version.datasetId, {
    kind: 'labels',
    parentId: version.id,
    objectKey: key,
    keyColumn: '_row',
    mode: 'fill',
  });
  expect(labeled.columns.at(-1)).toEqual({ name: 'label', kind: 'label' });
  expect((await readColumns(scope, labeled.id, { columns: ['label'] })).columns.label).toEqual([null, 'good']);
});

test('rows are added to train, and a row that waited in production moves there', async () => {
  const { scope } = await createScope();
  const split: Split = {
    kind: 'time',
    column: 'at',
    parts: [
      { name: 'train', share: 0.5 },
      { name: 'production', share: 0.5 },
    ],
  };
  const { version } = await imported(scope, { name: 'grow', bytes: 'id,at,label\na,2020-01-01,spam\nb,2020-01-02,\n', split });
  const lines = [
    { id: 'a', at: '2020-01-01', label: 'ham' },
    { id: 'b', at: '2020-01-02', label: 'ham', _label_source: 'outcome:d' },
    { id: 'c', at: '2020-01-03T10:00:00Z', label: null },
    { at: 'never', label: 'x' },
  ];
  const { key } = await putObject(lines.map((line) => JSON.stringify(line)).join('\n'), { mediaType: 'application/x-ndjson' });
  const grown = await derived(scope, version.datasetId, { kind: 'append', parentId: version.id, objectKey: key, into: 'train' });
  expect(grown.error).toBeNull();
  expect(grown.profile?.made.counts).toEqual({ given: 3, added: 1, moved: 1, kept: 1 });
  const rows = await readColumns(scope, grown.id, { columns: ['_row', 'id', 'label', '_split', '_label_source'] });
  expect(rows.columns).toEqual({
    _row: [0, 1, 2],
    id: ['a', 'b', 'c'],
    label: ['spam', 'ham', null],
    _split: ['train', 'train', 'train'],
    _label_source: ['import', 'outcome:d', null],
  });
  expect(grown.quarantinedCount).toBe(1);
});

test('a new split keeps rows and their positions', async () => {
  const { scope } = await createScope();
  const { version } = await imported(scope, {
    name: 'again',
    bytes: `n\n${Array.from({ length: 100 }, (_, i) => i).join('\n')}\n`,
  });
  const split = await derived(scope, version.datasetId, { kind: 'split', parentId: version.id, split: halves });
  expect(split.split?.parts.map((part) => part.rows)).toEqual([50, 50]);
  const columns = await readColumns(scope, split.id, { columns: ['_row', 'n'] });
  expect(columns.columns._row).toEqual(columns.columns.n);
  await expect(
    derived(scope, version.datasetId, {
      kind: 'split',
      parentId: version.id,
      split: { kind: 'time', column: 'n', parts: [{ name: 'train', share: 1 }] },
    }),
  ).rejects.toMatchObject({ code: 'INVALID' });
});

test('a file that is not what it is said to be fails with a reason, and a second build changes nothing', async () => {
  const { scope } = await createScope();
  const file = await upload(scope, 'x.csv', 'a,b\n1,2\n');
  const { versionId } = await createDataset(scope, {
    name: 'wrong',
    description: '',
    note: '',
    uploadId: file.id,
    format: 'csv',
    columns: [{ name: 'c', kind: 'text' }],
    split: { kind: 'none' },
  });
  const failed = await built(scope, versionId);
  expect(failed).toMatchObject({ status: 'failed', error: 'The file has no column c. It has a, b.' });
  expect(await built(scope, versionId)).toEqual(failed);
  await expect(getReadyVersion(scope, versionId)).rejects.toMatchObject({ code: 'CONFLICT' });
  const { scope: stranger } = await createScope();
  await expect(getVersion(stranger, versionId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a long text is cut in a page and whole in a cell', async () => {
  const { scope } = await createScope();
  const long = 'word '.repeat(200).trim();
  const { version } = await imported(scope, { name: 'long', bytes: JSON.stringify({ t: long, n: 1 }) });
  const page = await pageRows(scope, version.id, { offset: 0, limit: 1 });
  expect(page.rows[0]?.cut).toEqual([0]);
  expect((await readCell(scope, version.id, 0, 't')).value).toBe(long);
  await expect(readCell(scope, version.id, 5, 't')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
