import { expect, type Page } from '@playwright/test';
import { open } from './acts/forms.ts';
import { lowerGates, makeProject, putModel, putRequest, putTable, type Session } from './acts/project.ts';
import { someWeather, WEATHER_FEATURES } from './acts/weather.ts';
import { test } from './fixtures.ts';

test.describe.configure({ mode: 'serial', timeout: 90_000 });

const MODEL = 'sky';
let project = '';
let asking: Session;
let reviewer: Page;

test.beforeAll(async ({ windowOf, world }) => {
  test.setTimeout(120_000);
  project = await makeProject((await windowOf('admin')).request, world, 'review', ['scientist', 'reviewer']);
  asking = (await windowOf('scientist')).request;
  await putTable(asking, { project, dataset: 'days', csv: someWeather(4), label: 'weather' });
  const number = await putModel(asking, { project, dataset: 'days', model: MODEL, features: [...WEATHER_FEATURES] });
  await lowerGates((await windowOf('reviewer')).request, { project, model: MODEL });
  await putRequest(asking, { project, model: MODEL, number, target: 'production', reason: 'First try.' });
  reviewer = await (await windowOf('reviewer')).newPage();
});

test.afterAll(async () => reviewer?.close());

test('a reviewer refuses with a reason, by keyboard', async () => {
  const page = reviewer;
  await open(page, `/${project}/models/inbox`, 'Promotion inbox');
  await page.getByRole('link', { name: `${MODEL} v1 to production` }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Promote v1 to production' })).toBeVisible();
  await expect(page.getByText('First try.').first()).toBeVisible();
  const refuse = page.getByRole('button', { name: 'Refuse', exact: true });
  await page.getByRole('radio', { name: /^Approve/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(refuse).toBeDisabled();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Fog is never found.');
  await page.keyboard.press('Tab');
  await expect(refuse).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'What became of it' })).toBeVisible();
  await expect(page.getByText('Fog is never found.').first()).toBeVisible();
  await open(page, `/${project}/models/inbox`, 'Promotion inbox');
  await expect(page.getByText('Nothing waits for a decision.')).toBeVisible();
});

test('two decide at once: one counts, the other is told', async ({ windowOf }) => {
  const id = await putRequest(asking, { project, model: MODEL, number: 1, target: 'production', reason: 'Once more.' });
  const path = `/${project}/models/requests/${id}`;
  const late = await (await windowOf('reviewer')).newPage();
  // The second page hears nothing of the first: so does one whose network was away for a moment.
  await late.route(/live\.events/, (route) => route.abort());
  for (const page of [reviewer, late]) {
    await open(page, path, 'Promote v1 to production');
    await page.getByRole('radio', { name: page === late ? /^Refuse/ : /^Approve/ }).click();
    await page.getByLabel('Reason').fill(page === late ? 'I think not.' : 'Good enough to begin with.');
  }
  await reviewer.getByRole('button', { name: 'Approve for production' }).click();
  await expect(reviewer.getByRole('heading', { name: 'What became of it' })).toBeVisible();
  await late.getByRole('button', { name: 'Refuse', exact: true }).click();
  await expect(late.getByText(/already/).first()).toBeVisible();
  await expect(late.getByRole('heading', { name: 'What became of it' })).toBeVisible();
  await expect(late.getByText('Good enough to begin with.').first()).toBeVisible();
  await expect(late.getByText('I think not.')).toHaveCount(0);
  await late.close();
});

test('what was approved is in production, and who did it stays on record', async () => {
  const page = reviewer;
  await open(page, `/${project}/models/${MODEL}/1`, 'v1');
  await expect(page.getByText('production').first()).toBeVisible();
  await expect(page.getByText('Good enough to begin with.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Ask for/ })).toHaveCount(0);
  await open(page, `/${project}/audit`, 'Audit');
  await expect(page.getByText('Good enough to begin with.').first()).toBeVisible();
  await expect(page.getByText('Fog is never found.').first()).toBeVisible();
});
