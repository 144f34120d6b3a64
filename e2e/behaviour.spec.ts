import { expect, type Page } from '@playwright/test';
import { drop, open } from './acts/forms.ts';
import { makeProject, putModel, putTable } from './acts/project.ts';
import { someWeather, WEATHER_FEATURES } from './acts/weather.ts';
import { test } from './fixtures.ts';
import { ask } from './world/ask.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const MODEL = 'sky';
let project = '';
let page: Page;

test.beforeAll(async ({ windowOf, world }) => {
  test.setTimeout(180_000);
  project = await makeProject((await windowOf('admin')).request, world, 'behaviour', ['scientist', 'reviewer', 'manager']);
  const scientist = (await windowOf('scientist')).request;
  await putTable(scientist, { project, dataset: 'days', csv: someWeather(4), label: 'weather' });
  await putModel(scientist, { project, dataset: 'days', model: MODEL, features: [...WEATHER_FEATURES] });
  page = await (await windowOf('scientist')).newPage();
});

test.afterAll(async () => page?.close());

const cell = (column: string, row: number) => page.locator(`[data-row] [data-column="${column}"]`).nth(row);

test('tests are written by keyboard, and answered while one writes', async () => {
  await open(page, `/${project}/models/${MODEL}/behaviour`, 'Behavioural tests');
  await page.getByRole('button', { name: 'Write the first test' }).click();
  await cell('capability', 0).fill('dry days');
  await page.getByLabel('precipitation', { exact: true }).fill('0');
  await page.getByLabel('temp_max', { exact: true }).fill('30');
  await cell('expect', 0).fill('sun');
  await expect(page.getByRole('button', { name: /^Row 1: (passed|failed)/ })).toBeVisible();
  await cell('expect', 0).press('Enter');
  await expect(page.locator('[data-row]')).toHaveCount(2);
  await cell('kind', 1).selectOption('directional');
  await page.getByLabel('precipitation', { exact: true }).fill('0');
  await cell('changes', 1).fill('add precipitation 20');
  await cell('expect', 1).fill('rain up');
  await expect(page.getByRole('button', { name: /^Row 2: (passed|failed)/ })).toBeVisible();
  await page.getByRole('button', { name: 'Save tests' }).click();
  await expect(page.getByRole('button', { name: 'Save tests' })).toBeDisabled();
  await page.reload();
  await expect(page.locator('[data-row]')).toHaveCount(2);
  await expect(cell('changes', 1)).toHaveValue('add precipitation 20');
});

test('what can’t be asked says why', async () => {
  await cell('expect', 0).fill('fine');
  await expect(page.getByText('The model has no class "fine".').first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo changes' }).click();
  await page.getByRole('button', { name: 'Throw away' }).click();
  await expect(cell('expect', 0)).toHaveValue('sun');
});

test('rows come in from a file, and lines that are none are named', async () => {
  await page.getByRole('button', { name: 'File' }).click();
  await page.getByRole('menuitem', { name: 'Import tests…' }).click();
  const content = 'kind,capability,input.precipitation,input.wind,expect\nMFT,wet days,25,4,rain\nguess,none,1,1,rain\n';
  await drop(page, 'Drop a CSV or JSON Lines file', { name: 'tests.csv', content });
  await expect(page.getByText(/1 row came in/)).toBeVisible();
  await expect(page.getByText(/^Line 3:/)).toBeVisible();
  await page.getByRole('button', { name: 'Look at the tests' }).click();
  await expect(page.locator('[data-row]')).toHaveCount(3);
});

test('wrong rows are opened, tagged, and become regression cases', async ({ windowOf }) => {
  await open(page, `/${project}/models/${MODEL}/rows?candidate=1`, 'Rows');
  const rows = page.getByRole('table', { name: 'Rows' }).locator('tbody tr[data-index]');
  await expect(rows.first()).toBeVisible();
  await rows.first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^v1 says/).first()).toBeVisible();
  await page.getByLabel('Tag this row').fill('look');
  await page.getByRole('button', { name: 'Tag', exact: true }).first().click();
  await expect(page.getByRole('button', { name: 'Take the tag look away' })).toBeVisible();
  await rows.first().focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Make regression cases' }).click();
  await expect(page.getByText('1 regression case made.')).toBeVisible();
  const { request } = await windowOf('scientist');
  const list = await ask<{ tests: { kind: string }[] }>(request, 'behaviour.list', { project, model: MODEL });
  expect(list.tests.filter((one) => one.kind === 'regression')).toHaveLength(1);
});

test('a manager reads the tests and can’t write them', async ({ windowOf }) => {
  const other = await (await windowOf('manager')).newPage();
  await open(other, `/${project}/models/${MODEL}/behaviour`, 'Behavioural tests');
  await expect(other.locator('[data-row]').first()).toBeVisible();
  await expect(other.getByRole('button', { name: 'Save tests' })).toHaveCount(0);
  await other.close();
});
