import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { spamGraph } from '#server/testing/graphs.ts';
import { drop, open, pick } from './acts/forms.ts';
import { makeProject } from './acts/project.ts';
import { weather } from './acts/weather.ts';
import { test } from './fixtures.ts';

test.describe.configure({ mode: 'serial' });

const PLACE = 'Drop a file here, or choose one';
let project = '';
let page: Page;

test.beforeAll(async ({ windowOf, world }) => {
  project = await makeProject((await windowOf('admin')).request, world, 'files', ['scientist']);
  page = await (await windowOf('scientist')).newPage();
});

test.afterAll(async () => page?.close());

/** Each tenth day as one JSON object a line, with a number of its own. */
function daysAsJsonLines(): string {
  const names = weather().head.split(',');
  const rows = weather().rows.filter((_, index) => index % 10 === 0);
  return rows
    .map((row, at) => {
      const cells = row.split(',').map((cell) => (cell === '' || Number.isNaN(Number(cell)) ? cell : Number(cell)));
      return JSON.stringify({ id: `day-${at}`, ...Object.fromEntries(names.map((name, index) => [name, cells[index]])) });
    })
    .join('\n');
}

async function upload(file: { name: string; content: string | Buffer }): Promise<void> {
  await open(page, `/${project}/datasets/new`, 'New dataset');
  await drop(page, PLACE, file);
}

async function create(name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create the dataset' }).click();
  await page.waitForURL(new RegExp(`/datasets/${name}/1$`));
  await expect(page.getByText('immutable')).toBeVisible({ timeout: 30_000 });
}

test('JSON Lines come in, go out as Parquet, and come in again', async () => {
  await upload({ name: 'days.jsonl', content: daysAsJsonLines() });
  await pick(page, 'Kind of weather', 'label');
  await pick(page, 'Kind of id', 'key');
  await page.getByText('At random', { exact: true }).click();
  await create('days');
  await expect(page.getByRole('link', { name: /^Rows/ })).toContainText('293');

  await page.getByRole('button', { name: 'Download' }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Parquet, as it is stored' }).click();
  const parquet = readFileSync(await (await coming).path());
  expect(parquet.subarray(0, 4).toString()).toBe('PAR1');

  await upload({ name: 'again.parquet', content: parquet });
  await pick(page, 'Kind of weather', 'label');
  await create('again');
  await expect(page.getByRole('link', { name: /^Rows/ })).toContainText('293');
});

test('what can’t be read as a table is refused with the reason', async () => {
  await upload({ name: 'picture.parquet', content: Buffer.from('PAR1 this is no table PAR1') });
  await expect(page.getByRole('alert').filter({ hasText: /\w/ }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create the dataset' })).toHaveCount(0);
  await upload({ name: 'empty.csv', content: '' });
  await expect(page.getByText(/empty/i).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create the dataset' })).toHaveCount(0);
});

test('a table without labels can’t be trained on, says so, and gets them from a file', async () => {
  const rows = weather()
    .rows.slice(0, 200)
    .map((row, at) => [`day-${at}`, ...row.split(',').slice(2, 6)].join(','));
  await upload({ name: 'unlabeled.csv', content: ['id,precipitation,temp_max,temp_min,wind', ...rows].join('\n') });
  await pick(page, 'Kind of id', 'key');
  await page.getByText('At random', { exact: true }).click();
  await create('unlabeled');
  await open(page, `/${project}/experiments/launch?dataset=unlabeled&version=1`, 'Launch trials');
  await expect(page.getByText('Nothing can be learned from unlabeled v1 yet')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Launch/ })).toHaveCount(0);

  await open(page, `/${project}/datasets/unlabeled/1`, 'v1');
  await page.getByRole('button', { name: 'Import labels…' }).click();
  const labels = weather()
    .rows.slice(0, 200)
    .map((row, at) => `day-${at},${row.split(',')[6]}`);
  await drop(page, 'Drop the labels here, or choose the file', {
    name: 'labels.csv',
    content: ['id,label', ...labels].join('\n'),
  });
  await page.getByRole('button', { name: 'Import labels', exact: true }).click();
  await page.waitForURL(/\/datasets\/unlabeled\/2$/);
  await expect(page.getByText('immutable')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('200 of 200 labeled')).toBeVisible();
});

test('an ONNX file of one’s own becomes a version; a corrupt one is refused', async () => {
  const place = 'Drop an ONNX file here, or choose one';
  const graph = Buffer.from(spamGraph());
  await open(page, `/${project}/models/new`, 'Register a version');
  await drop(page, place, { name: 'corrupt.onnx', content: graph.subarray(0, graph.length / 2) });
  await expect(page.getByRole('alert').filter({ hasText: /\w/ }).first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('button', { name: 'Register the version' })).toHaveCount(0);

  await drop(page, place, { name: 'own.onnx', content: graph });
  await expect(page.getByText('body BYTES')).toBeVisible({ timeout: 20_000 });
  const classes = page.getByRole('combobox', { name: 'Classes' }).or(page.getByRole('textbox', { name: 'Classes' }));
  for (const name of ['ham', 'spam']) {
    await classes.fill(name);
    await page.keyboard.press('Enter');
  }
  await page.getByRole('combobox', { name: 'Model' }).fill('own-filter');
  await page.keyboard.press('Tab');
  await page.getByLabel('Note').fill('Counts three words');
  await page.getByRole('button', { name: 'Register the version' }).click();
  await page.waitForURL(/\/models\/own-filter\/1$/);
  await page.getByRole('textbox', { name: 'body' }).fill('Win money, win!');
  await page.getByRole('button', { name: 'Try this input' }).click();
  await expect(page.getByText(/v1 says spam/)).toBeVisible({ timeout: 20_000 });
});
