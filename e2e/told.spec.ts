import { expect, type Page } from '@playwright/test';
import { open } from './acts/forms.ts';
import { makeProject, putModel, putRequest, putTable, type Session } from './acts/project.ts';
import { someWeather, WEATHER_FEATURES } from './acts/weather.ts';
import { test } from './fixtures.ts';

test.describe.configure({ mode: 'serial', timeout: 90_000 });

const MODEL = 'sky';
let project = '';
let asking: Session;
let reviewer: Page;
let admin: Page;

test.beforeAll(async ({ windowOf, world }) => {
  test.setTimeout(120_000);
  admin = await (await windowOf('admin')).newPage();
  project = await makeProject(admin.request, world, 'told', ['scientist', 'reviewer']);
  asking = (await windowOf('scientist')).request;
  await putTable(asking, { project, dataset: 'days', csv: someWeather(4), label: 'weather' });
  await putModel(asking, { project, dataset: 'days', model: MODEL, features: [...WEATHER_FEATURES] });
  reviewer = await (await windowOf('reviewer')).newPage();
});

test.afterAll(async () => {
  await reviewer?.close();
  await admin?.close();
});

test('a reviewer is told of a request while looking elsewhere, reads it, and it leads to the decision', async () => {
  await open(reviewer, `/${project}/models`, 'Models');
  await putRequest(asking, { project, model: MODEL, number: 1, target: 'production', reason: 'The sky is clear.' });
  const bell = reviewer.getByRole('link', { name: /^Notifications/ });
  await expect(bell).toHaveAccessibleName(/unread/, { timeout: 30_000 });
  await bell.click();
  await expect(reviewer.getByRole('heading', { level: 1, name: 'Notifications' })).toBeVisible();
  await expect(reviewer.getByText('The sky is clear.').first()).toBeVisible();
  await reviewer
    .getByRole('link', { name: new RegExp(`asks to move ${MODEL} v1 to production`) })
    .first()
    .click();
  await expect(reviewer.getByRole('heading', { level: 1, name: 'Promote v1 to production' })).toBeVisible();
  await open(reviewer, '/account/notifications', 'Notifications');
  await reviewer.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(bell).toHaveAccessibleName('Notifications');
  await reviewer.getByRole('link', { name: /^Unread/ }).click();
  await expect(reviewer.getByText('You have read everything.')).toBeVisible();
});

test('what a person is told is theirs to choose', async () => {
  await open(reviewer, '/account', 'Your account');
  const box = reviewer.getByRole('checkbox', { name: 'A rollout is completed: in Stagecraft' });
  await expect(box).toBeChecked();
  await box.uncheck();
  await reviewer.reload();
  await expect(box).not.toBeChecked();
  // A click that comes before the page lives is lost; a person clicks again.
  await expect(async () => box.check({ timeout: 2_000 })).toPass({ timeout: 15_000 });
});

test('a webhook is made, shows its secret once, is tried, and says why it doesn’t arrive', async () => {
  await open(admin, `/${project}/settings?tab=webhooks`, 'Project settings');
  await admin.getByRole('button', { name: 'Add webhook…' }).first().click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Name').fill('pipeline');
  await dialog.getByLabel('Address').fill('http://127.0.0.1:9/hook');
  await dialog.getByRole('button', { name: 'Add webhook' }).click();
  await expect(dialog.getByText('Choose at least one event.')).toBeVisible();
  await dialog.getByLabel('stage.changed').check();
  await dialog.getByRole('button', { name: 'Add webhook' }).click();
  await expect(dialog.getByText(/inside our own network/)).toBeVisible();
  await dialog.getByLabel('Address').fill('https://nobody.invalid/hook');
  await dialog.getByRole('button', { name: 'Add webhook' }).click();
  await expect(dialog.getByText(/^whsec_/)).toBeVisible();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await expect(admin.getByText(/whsec_/)).toHaveCount(0);
  await admin.getByRole('table', { name: 'Webhooks' }).getByText('pipeline').click();
  await admin.getByRole('button', { name: 'Send a test' }).click();
  const log = admin.getByRole('table', { name: 'Sent to pipeline' });
  await log.getByText('webhook.test').click({ timeout: 30_000 });
  await expect(log.getByText(/No answer/).first()).toBeVisible({ timeout: 30_000 });
  await admin.getByRole('button', { name: 'Remove…' }).click();
  await admin.getByRole('button', { name: 'Remove webhook' }).click();
  await expect(admin.getByText('No webhook yet.')).toBeVisible();
});
