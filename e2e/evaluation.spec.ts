import { expect, type Page } from '@playwright/test';
import { open } from './acts/forms.ts';
import { makeProject, putModel, putTable } from './acts/project.ts';
import { someWeather, WEATHER_FEATURES } from './acts/weather.ts';
import { test } from './fixtures.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const MODEL = 'sky';
let project = '';
let page: Page;

test.beforeAll(async ({ windowOf, world }) => {
  test.setTimeout(180_000);
  project = await makeProject((await windowOf('admin')).request, world, 'evaluation', ['scientist', 'reviewer', 'manager']);
  const scientist = (await windowOf('scientist')).request;
  await putTable(scientist, { project, dataset: 'days', csv: someWeather(4), label: 'weather' });
  await putModel(scientist, { project, dataset: 'days', model: MODEL, features: [...WEATHER_FEATURES] });
  page = await (await windowOf('scientist')).newPage();
});

test.afterAll(async () => page?.close());

test('the suite is there with defaults, and runs at a click', async () => {
  await open(page, `/${project}/models/${MODEL}/evaluation`, 'Evaluation');
  await expect(page.getByText('The suite was not run yet.')).toBeVisible();
  await page.getByLabel('Why (optional)').fill('the first look');
  await page.getByRole('button', { name: 'Run the suite' }).click();
  const runs = page.getByRole('table', { name: 'Runs of the suite' });
  await expect(runs.getByText('Done')).toBeVisible({ timeout: 90_000 });
  await runs.getByRole('link', { name: 'v1' }).click();
  await expect(page.getByRole('heading', { name: 'Performance' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Figures of all rows' })).toContainText('Accuracy');
  await expect(page.getByRole('table', { name: 'Times and size' })).toContainText('v1, one row');
  await page.getByPlaceholder('column or value').fill('no such slice');
  await expect(page.getByText('No slice is called so.')).toBeVisible();
});

test('rows are locked for judging with a reason, and the suite says so', async () => {
  await open(page, `/${project}/models/${MODEL}/evaluation`, 'Evaluation');
  await page.getByRole('button', { name: 'Lock…' }).first().click();
  await page.getByLabel('Why lock it').fill('judged every quarter');
  await page.getByRole('button', { name: 'Lock these rows' }).click();
  await expect(page.getByText(/judged every quarter/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Lift the lock…' })).toBeVisible();
});

test('what is measured is changed in one place, and the next run follows it', async () => {
  await page.getByRole('button', { name: 'Change what is measured…' }).click();
  await page.getByLabel('Bootstrap draws').fill('500');
  await page.getByRole('switch', { name: 'Explanation' }).click();
  await page.getByRole('button', { name: 'Save the suite' }).click();
  await expect(page.getByText('95 %, 500 draws')).toBeVisible();
});

test('a manager reads all of it and can start nothing', async ({ windowOf }) => {
  const manager = await (await windowOf('manager')).newPage();
  await open(manager, `/${project}/models/${MODEL}/evaluation`, 'Evaluation');
  await expect(manager.getByRole('table', { name: 'Runs of the suite' })).toContainText('v1');
  await expect(manager.getByRole('button', { name: 'Run the suite' })).toHaveCount(0);
  await expect(manager.getByRole('button', { name: 'Lift the lock…' })).toHaveCount(0);
  await manager.close();
});
