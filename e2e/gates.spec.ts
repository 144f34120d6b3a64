import { expect, type Page } from '@playwright/test';
import { open } from './acts/forms.ts';
import { makeProject, putModel, putTable } from './acts/project.ts';
import { someWeather, WEATHER_FEATURES } from './acts/weather.ts';
import { test } from './fixtures.ts';

test.describe.configure({ mode: 'serial', timeout: 90_000 });

const MODEL = 'sky';
let project = '';
let reviewer: Page;
let scientist: Page;

test.beforeAll(async ({ windowOf, world }) => {
  test.setTimeout(120_000);
  project = await makeProject((await windowOf('admin')).request, world, 'gates', ['scientist', 'reviewer']);
  scientist = await (await windowOf('scientist')).newPage();
  await putTable(scientist.request, { project, dataset: 'days', csv: someWeather(4), label: 'weather' });
  await putModel(scientist.request, { project, dataset: 'days', model: MODEL, features: [...WEATHER_FEATURES] });
  reviewer = await (await windowOf('reviewer')).newPage();
});

test.afterAll(async () => {
  await reviewer?.close();
  await scientist?.close();
});

const condition = (page: Page, name: string) => page.getByRole('combobox', { name: `Condition of ${name}` });

test('a condition is written with completion, its error stands at its place, and past versions answer at once', async () => {
  const page = reviewer;
  await open(page, `/${project}/models/${MODEL}/gates`, 'Gates');
  const field = condition(page, 'F1, mean of all classes');
  await field.fill('accuracy >=');
  await expect(page.getByText('After >= a number, a text or a key belongs')).toBeVisible();
  await field.fill('');
  await field.pressSequentially('macr');
  await expect(page.getByRole('option', { name: /^macro_f1/ }).first()).toBeVisible();
  await field.press('Tab');
  await expect(field).toHaveValue('macro_f1 ');
  await field.pressSequentially('>= 0.99999');
  const row = page.getByRole('table', { name: 'Past versions under these gates' }).getByRole('row').nth(1);
  await expect(row.getByText('blocked')).toBeVisible();
  await field.fill('macro_f1 >= 0');
  await expect(row.getByRole('cell', { name: /^passed, 0\.\d+/ }).first()).toBeVisible();
});

test('it is saved with a reason and stands in the history', async () => {
  const page = reviewer;
  await page.getByRole('button', { name: 'Save gates…' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('Agreed on Monday.');
  await page.getByRole('dialog').getByRole('button', { name: 'Save gates' }).click();
  await expect(page.getByText('Agreed on Monday.')).toBeVisible();
  await page.reload();
  await expect(condition(page, 'F1, mean of all classes')).toHaveValue('macro_f1 >= 0');
});

test('a scientist tries a draft and saves none', async () => {
  const page = scientist;
  await open(page, `/${project}/models/${MODEL}/gates`, 'Gates');
  await condition(page, 'F1, mean of all classes').fill('macro_f1 >= 0.5');
  await expect(page.getByText('Changing gates needs the right gate:write')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save gates…' })).toHaveCount(0);
});
