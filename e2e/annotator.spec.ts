import { expect, type Page } from '@playwright/test';
import { alive, open, setFigure } from './acts/forms.ts';
import { makeProject, putTable, tell } from './acts/project.ts';
import { someWeather } from './acts/weather.ts';
import { test } from './fixtures.ts';

test.describe.configure({ mode: 'serial' });

const QUEUE = 'rain-or-sun';
let project = '';
let scientist: Page;
let annotator: Page;

test.beforeAll(async ({ windowOf, world }) => {
  project = await makeProject((await windowOf('admin')).request, world, 'labeling', ['scientist', 'annotator']);
  const session = (await windowOf('scientist')).request;
  await putTable(session, { project, dataset: 'days', csv: someWeather(20), label: 'weather' });
  scientist = await (await windowOf('scientist')).newPage();
  annotator = await (await windowOf('annotator')).newPage();
});

test.afterAll(async () => {
  await scientist?.close();
  await annotator?.close();
});

test('a scientist asks a question about rows of a dataset', async () => {
  const page = scientist;
  await open(page, `/${project}/datasets/days/1`, 'v1');
  await page.getByRole('link', { name: 'Label…' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New labeling project' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(QUEUE);
  await page.getByLabel('Question').fill('What was the weather?');
  await page.getByLabel('Guideline').fill('## Rain\n\nMore than **2 mm**.');
  await setFigure(page, 'How many, at random', 6);
  await page.getByLabel('Only rows without a label').uncheck();
  await page.getByRole('button', { name: 'Make the labeling project' }).click();
  await page.waitForURL(new RegExp(`/labeling/${QUEUE}$`));
  await expect(page.getByText('6 items wait for an answer.')).toBeVisible({ timeout: 20_000 });
});

test('an annotator labels with the keyboard alone: answers, undo, skip, a look back', async () => {
  const page = annotator;
  await open(page, `/${project}/labeling`, 'Labeling');
  await page.getByRole('link', { name: 'Label', exact: true }).press('Enter');
  await page.waitForURL(/\/work$/);
  const item = page.getByRole('region', { name: 'To be labeled' });
  const before = page.getByRole('region', { name: 'Answered before' });
  const progress = page.getByRole('banner');
  await expect(item).toBeVisible();
  await alive(item);
  await expect(page.getByRole('complementary', { name: 'Guideline' }).getByText('2 mm')).toBeVisible();
  await expect(progress).toContainText('0 of 6');

  await page.keyboard.press('1');
  await expect(progress).toContainText('1 of 6');
  await page.keyboard.press('2');
  await expect(progress).toContainText('2 of 6');
  await page.keyboard.press('Control+z');
  await expect(progress).toContainText('1 of 6');
  await page.keyboard.press('s');
  await expect(page.getByRole('group', { name: 'Why skip it?' })).toBeVisible();
  await page.keyboard.press('1');
  await expect(progress).toContainText('2 of 6');
  await page.keyboard.press('ArrowLeft');
  await expect(before).toBeVisible();
  await expect(page.getByText("to skip it: Can't tell")).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(item).toBeVisible();
  await page.keyboard.press('g');
  await expect(page.getByRole('complementary', { name: 'Guideline' })).toHaveCount(0);
  await page.keyboard.press('g');
  for (const [key, done] of [
    ['1', 3],
    ['2', 4],
    ['3', 5],
    ['1', 6],
  ] as const) {
    await page.keyboard.press(key);
    await expect(progress).toContainText(`${done} of 6`);
  }
  await expect(page.getByText('Nothing left to label', { exact: true })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/All 6 items are answered or set aside/)).toBeVisible();
});

test('an annotator sees and does only what the role may', async ({ windowOf }) => {
  const page = annotator;
  await open(page, `/${project}/datasets`, 'Data');
  await expect(page.getByRole('table', { name: 'Datasets' }).getByText('days')).toBeVisible();
  await expect(page.getByRole('link', { name: 'New dataset…' })).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Audit' })).toHaveCount(0);
  await open(page, `/${project}/labeling/${QUEUE}`, QUEUE);
  await expect(page.getByText('You answered 5.')).toBeVisible();
  for (const name of ['Close', 'Make dataset version…', 'Open again']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
  }
  const session = (await windowOf('annotator')).request;
  const refused = tell(session, 'labeling.makeVersion', { project, labeling: QUEUE, mode: 'fill', note: '' });
  await expect(refused).rejects.toThrow(/answered 403/);
});

test('the labels become a version whose lineage names parent and queue', async () => {
  const page = scientist;
  await open(page, `/${project}/labeling/${QUEUE}`, QUEUE);
  await page.getByRole('button', { name: 'Make dataset version…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('get the one from this labeling project').check();
  await dialog.getByRole('button', { name: 'Make the version' }).click();
  await dialog.getByRole('link', { name: 'Open days v2' }).click();
  await expect(page.getByText('immutable')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('link', { name: 'Lineage', exact: true }).click();
  await expect(page.getByRole('main').getByText(QUEUE).first()).toBeVisible();
  await expect(
    page
      .getByRole('main')
      .getByText(/days v1/)
      .first(),
  ).toBeVisible();
});
