import { type BrowserContext, expect, type Page } from '@playwright/test';
import { open } from './acts/forms.ts';
import { invite } from './acts/people.ts';
import { lowerGates, makeProject, putModel, putRequest, putTable, type Session, tell } from './acts/project.ts';
import { someWeather, WEATHER_FEATURES } from './acts/weather.ts';
import { test } from './fixtures.ts';
import { ask } from './world/ask.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const [MODEL, OTHER] = ['sky', 'storm'];
const RULE = {
  needed: 2,
  from: { roles: ['reviewer'], people: [] },
  separation: { requester: true, trainer: true },
  expiresDays: 14,
  emergency: { allowed: true, reviewDays: 3 },
};
let project = '';
let asking: Session;
let scientist: Page;
const reviewers: Page[] = [];
const windows: BrowserContext[] = [];

test.beforeAll(async ({ browser, windowOf, world }) => {
  test.setTimeout(180_000);
  const admin = (await windowOf('admin')).request;
  project = await makeProject(admin, world, 'approvals', ['scientist', 'reviewer']);
  asking = (await windowOf('scientist')).request;
  scientist = await (await windowOf('scientist')).newPage();
  reviewers.push(await (await windowOf('reviewer')).newPage());
  for (const name of ['Ron Second', 'Rea Third']) {
    const window = await invite(browser, world, admin, { project, role: 'reviewer', name });
    windows.push(window);
    reviewers.push(await window.newPage());
  }
  const data = { project, dataset: 'days' };
  await putTable(asking, { ...data, csv: someWeather(4), label: 'weather' });
  const first = await putModel(asking, { ...data, model: MODEL, features: [...WEATHER_FEATURES] });
  await lowerGates((await windowOf('reviewer')).request, { project, model: MODEL });
  await tell(asking, 'deployments.create', { project, name: MODEL, model: MODEL });
  const id = await putRequest(asking, { project, model: MODEL, number: first, target: 'production', reason: 'The first.' });
  await tell((await windowOf('reviewer')).request, 'promotions.approve', { project, id, reason: 'Nothing answers yet.' });
  await putModel(asking, { ...data, model: MODEL, features: [...WEATHER_FEATURES] });
  await putModel(asking, { ...data, model: OTHER, features: [...WEATHER_FEATURES] });
  await tell(admin, 'promotions.saveRule', { project, stage: 'production', expectedVersion: 0, rule: RULE });
});

test.afterAll(async () => {
  await scientist?.close();
  await reviewers[0]?.close();
  for (const window of windows) await window.close();
});

const reviewer = (index: number): Page => {
  const page = reviewers[index];
  if (!page) throw new Error(`There is no reviewer ${index}.`);
  return page;
};

/** Opens the one request that waits for a reviewer, by the inbox. */
async function openRequest(page: Page, name: string): Promise<void> {
  await open(page, `/${project}/models/inbox`, 'Promotion inbox');
  await page.getByRole('link', { name }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: /^Promote v/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Your decision' })).toBeVisible();
}

async function decide(page: Page, choice: 'Approve' | 'Ask for changes', reason: string, button: string): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${choice}`) }).click();
  await page.getByLabel('Reason').fill(reason);
  await page.getByRole('button', { name: button, exact: true }).click();
}

test('a scientist asks for production', async () => {
  await open(scientist, `/${project}/models/${MODEL}/2`, 'v2');
  await scientist.getByText('To Production', { exact: true }).click();
  await expect(scientist.getByText(/2 of the reviewers must approve/)).toBeVisible();
  await scientist.getByLabel('Reason').first().fill('As good, and newer.');
  await scientist.getByRole('button', { name: 'Ask for production' }).click();
  await scientist.waitForURL(/\/models\/requests\//);
  await expect(scientist.getByText('waits for reviewers, 0 of 2 approved').first()).toBeVisible({ timeout: 60_000 });
  await expect(scientist.getByText('Deciding needs the right promotion:decide, which reviewers have.')).toBeVisible();
  await expect(scientist.getByText('Never who asked, nor who made the version.', { exact: false })).toBeVisible();
});

test('a reviewer wishes for changes, and mentions a colleague; the scientist answers', async () => {
  const page = reviewer(0);
  await openRequest(page, `${MODEL} v2 to production`);
  await decide(page, 'Ask for changes', 'Is fog found at all? @Ron Second knows.', 'Ask for changes');
  await expect(page.getByText('changes are wished').first()).toBeVisible();
  await expect(page.getByRole('list').getByText('@Ron Second').first()).toBeVisible();

  await expect(scientist.getByRole('heading', { name: 'Changes are wished' })).toBeVisible({ timeout: 20_000 });
  await scientist.getByRole('textbox', { name: 'Answer' }).fill('Rarely: see the confusion.');
  await scientist.getByRole('button', { name: 'Send the answer' }).click();
  await expect(scientist.getByText('waits for reviewers, 0 of 2 approved').first()).toBeVisible();
  await expect(scientist.getByText('Rarely: see the confusion.').first()).toBeVisible();
});

test('two of three approve, and the canary starts', async () => {
  await openRequest(reviewer(1), `${MODEL} v2 to production`);
  await decide(reviewer(1), 'Approve', 'I can live with the fog.', 'Approve for production');
  await expect(reviewer(1).getByText('1 of 2').first()).toBeVisible();
  await expect(reviewer(1).getByText('I can live with the fog.').first()).toBeVisible();

  await openRequest(reviewer(2), `${MODEL} v2 to production`);
  await decide(reviewer(2), 'Approve', 'So can I.', 'Approve for production');
  await expect(reviewer(2).getByRole('heading', { name: 'What became of it' })).toBeVisible();
  await reviewer(2).getByRole('link', { name: 'Watch the canary' }).click();
  await reviewer(2).waitForURL(/\/deployments\/sky\?rollout=/);
  await expect(reviewer(2).getByText(/v2/).first()).toBeVisible();
});

test('the evidence can be taken along, as PDF and as one HTML file', async () => {
  const lists = await ask<{ under: { id: string }[] }>(asking, 'promotions.list', { project });
  const [under] = lists.under;
  const file = (form: string) => asking.get(`/api/files/${project}/promotions/${under?.id}?form=${form}`);
  const [pdf, html] = [await file('pdf'), await file('html')];
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  const text = await html.text();
  expect(text).toContain('Rarely: see the confusion.');
  expect(text).toContain('So can I.');
  const record = await ask<{ entries: { action: string }[] }>(asking, 'audit.list', { project, limit: 20 });
  expect(record.entries.filter((entry) => entry.action === 'data.exported').length).toBeGreaterThanOrEqual(2);
});

test('an emergency: one other person, failed gates by name, and a review afterwards', async () => {
  await open(scientist, `/${project}/models/${OTHER}/1`, 'v1');
  await scientist.getByText('To Production', { exact: true }).click();
  await scientist.getByLabel('Reason').first().fill('The old model is gone.');
  await scientist.getByRole('checkbox', { name: 'This is an emergency' }).check();
  await scientist.getByLabel('Why it can’t wait').fill('Nobody gets an answer.');
  await scientist.getByRole('button', { name: 'Ask for production' }).click();
  await scientist.waitForURL(/\/models\/requests\//);
  await expect(scientist.getByText(/^Emergency:/).first()).toBeVisible({ timeout: 60_000 });

  const second = reviewer(1);
  await openRequest(second, `${OTHER} v1 to production`);
  await second.getByRole('radio', { name: /^Approve/ }).click();
  await second.getByLabel('Reason').fill('Anything is better than nothing.');
  const approve = second.getByRole('button', { name: 'Approve for production', exact: true });
  const named = second.getByRole('textbox', { name: /is acceptable$/ });
  await expect(named.first()).toBeVisible();
  await expect(approve).toBeDisabled();
  for (const field of await named.all()) await field.fill('Known, and better than no answer.');
  await approve.click();
  await expect(second.getByRole('heading', { name: 'What became of it' })).toBeVisible();
  await expect(second.getByText('You took part in it, so somebody else reviews it.')).toBeVisible();

  const third = reviewer(2);
  await open(third, `/${project}/models/inbox?box=reviews`, 'Promotion inbox');
  await third.getByRole('link', { name: `${OTHER} v1 to production` }).click();
  await third.getByRole('radio', { name: /^Justified/ }).click();
  await third.getByLabel('What you found').fill('It had to be done.');
  await third.getByRole('button', { name: 'Give the review' }).click();
  await expect(third.getByText(/found it justified/)).toBeVisible();
  await open(third, `/${project}/models/inbox?box=reviews`, 'Promotion inbox');
  await expect(third.getByText('No emergency waits for its review.')).toBeVisible();
});
