import { expect, type Page } from '@playwright/test';
import { drop, open, pick, setFigure } from './acts/forms.ts';
import { askFor, decide, launchTrials, registerRun } from './acts/model-acts.ts';
import { lowerGates, makeProject } from './acts/project.ts';
import { instances, raggedWeather } from './acts/weather.ts';
import { test } from './fixtures.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const MODEL = 'weather';
let project = '';
let deployment = '';
let token = '';
let requestId = '';
let scientist: Page;
let reviewer: Page;

test.beforeAll(async ({ windowOf, world }) => {
  project = await makeProject((await windowOf('admin')).request, world, 'table', ['scientist', 'reviewer']);
  deployment = project;
  scientist = await (await windowOf('scientist')).newPage();
  reviewer = await (await windowOf('reviewer')).newPage();
});

test.afterAll(async () => {
  await scientist?.close();
  await reviewer?.close();
});

test('a CSV becomes a dataset: kinds, split, profile, quarantine', async () => {
  const page = scientist;
  await open(page, `/${project}/datasets`, 'Data');
  await page.getByRole('link', { name: 'New dataset…' }).first().click();
  await drop(page, 'Drop a file here, or choose one', { name: 'weather.csv', content: raggedWeather() });
  await expect(page.getByText(/2 rows of those looked at can’t be taken/)).toBeVisible();
  await pick(page, 'Kind of location', 'category');
  await pick(page, 'Kind of date', 'time');
  await pick(page, 'Kind of weather', 'label');
  await page.getByText('At random', { exact: true }).click();
  await setFigure(page, 'Share of part 1 in per cent', 70);
  await setFigure(page, 'Share of part 2 in per cent', 30);
  await page.getByLabel('Description').fill('Daily weather of two cities');
  await page.getByRole('button', { name: 'Create the dataset' }).click();
  await page.waitForURL(/\/datasets\/weather\/1$/);
  await expect(page.getByText('immutable')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('group', { name: 'How temp_max is distributed' })).toBeVisible();
  await expect(page.getByText('2,921', { exact: true }).first()).toBeVisible();

  await page.getByRole('link', { name: /^Quarantine/ }).click();
  const table = page.getByRole('table', { name: 'Quarantine' });
  await expect(table.getByRole('row')).toHaveCount(3);
  await table.getByRole('row').nth(1).click();
  await expect(page.getByRole('dialog').getByText('Seattle,2012-04-10,1.0')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('trials learn from the table, live, and are compared', async () => {
  await launchTrials(scientist, { project, experiment: 'kinds-of-day', dataset: MODEL, l2: '0.01, 10', trials: 2 });
  await scientist.getByRole('link', { name: 'Compare them' }).click();
  await expect(scientist.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible();
  for (const part of [/Is it noise/, /Right and wrong/, /By slice/i])
    await expect(scientist.getByText(part).first()).toBeVisible();
});

test('the better run becomes version 1, its gates are set, and it goes to staging', async () => {
  const page = scientist;
  await open(page, `/${project}/experiments/kinds-of-day`, 'kinds-of-day');
  await page.getByRole('table', { name: 'Runs' }).getByRole('row').nth(1).getByRole('link').first().click();
  await registerRun(page, { model: MODEL, number: 1 });
  await lowerGates(reviewer.request, { project, model: MODEL });
  await open(page, `/${project}/models/${MODEL}/1`, 'v1');
  await askFor(page, 'staging', 'It tells rain from sun.');
});

test('a deployment is set up with the steps of its canaries', async () => {
  const page = scientist;
  await open(page, `/${project}/deployments/new?model=${MODEL}`, 'New deployment');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(deployment);
  await page.getByRole('button', { name: 'Remove step 2' }).click();
  await setFigure(page, 'Step 1, share in %', 50);
  await setFigure(page, 'Step 1, requests at least', 20);
  await setFigure(page, 'Step 1, outcomes at least', 10);
  await setFigure(page, 'Step 1, held for seconds', 3600);
  await setFigure(page, 'Latency p95: at most more, ms', 500);
  await page.getByRole('button', { name: `Deploy ${deployment}` }).click();
  await page.waitForURL(new RegExp(`/deployments/${deployment}$`));
  await expect(page.getByText('No version answers yet')).toBeVisible();
  await expect(page.getByText(/50\s%, after 20 requests and 10 outcomes/)).toBeVisible();
});

test('a reviewer approves, and it answers', async () => {
  await open(scientist, `/${project}/models/${MODEL}/1`, 'v1');
  await askFor(scientist, 'production', 'It may answer now.');
  await decide(reviewer, { project, model: MODEL, number: 1, as: 'Approve', reason: 'The evidence is fair.' });
  await expect(reviewer.getByText('in production').first()).toBeVisible({ timeout: 20_000 });
  await open(scientist, `/${project}/deployments/${deployment}`, deployment);
  await expect(scientist.getByText('v1 answers')).toBeVisible({ timeout: 30_000 });
  const attempt = scientist.getByRole('button', { name: 'Try this input' });
  await scientist.getByRole('textbox', { name: 'temp_max' }).fill('31');
  await attempt.click();
  await expect(scientist.getByText(/with probability 0\.\d+|with probability 1/)).toBeVisible({ timeout: 20_000 });
});

test('a program asks with a token that was made in the settings', async ({ world, playwright }) => {
  const page = scientist;
  await open(page, `/${project}/settings?tab=tokens`, 'Project settings');
  await page.getByRole('button', { name: 'Create token…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('weather station');
  await dialog
    .getByRole('checkbox', { name: /predict/i })
    .first()
    .check();
  await dialog
    .getByRole('checkbox', { name: /outcome/i })
    .first()
    .check();
  await dialog.getByRole('button', { name: 'Create token' }).click();
  token = await dialog.locator('code', { hasText: /^sc_/ }).innerText();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByRole('table', { name: 'API tokens' }).getByText('weather station')).toBeVisible();

  const program = await playwright.request.newContext({ baseURL: world.gateway });
  const answer = await program.post(`/v1/predict/${deployment}`, {
    headers: { authorization: `Bearer ${token}` },
    data: { instances: instances(3).map(({ input }) => input) },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  const body = (await answer.json()) as { request_id: string; model_version: number; arm: string };
  expect(body).toMatchObject({ model_version: 1, arm: 'primary' });
  requestId = body.request_id;
  await program.dispose();
});

test('version 2 comes in by canary, is paused, resumed and rolled back', async ({ world, playwright }) => {
  const page = scientist;
  await launchTrials(page, { project, experiment: 'stronger', dataset: MODEL, l2: '0.1', trials: 1 });
  await page.getByRole('table', { name: 'Trials' }).getByRole('row').nth(1).getByRole('link').first().click();
  await registerRun(page, { model: MODEL, number: 2 });
  await askFor(page, 'production', 'Its weights are kept smaller.');
  await decide(reviewer, { project, model: MODEL, number: 2, as: 'Approve', reason: 'Let us see it on real days.' });
  await expect(reviewer.getByText('approved, being rolled out').first()).toBeVisible({ timeout: 20_000 });

  await open(page, `/${project}/deployments/${deployment}`, 'Rollout of v2');
  await expect(page.getByText(/Half of the requests go to v2/)).toBeVisible({ timeout: 30_000 });
  const program = await playwright.request.newContext({ baseURL: world.gateway });
  const arms = new Set<string>();
  for (const { input } of instances(40, 500)) {
    const answer = await program.post(`/v1/predict/${deployment}`, {
      headers: { authorization: `Bearer ${token}` },
      data: { instance: input },
    });
    expect(answer.status()).toBe(200);
    arms.add(((await answer.json()) as { arm: string }).arm);
  }
  await program.dispose();
  expect([...arms].sort()).toEqual(['canary', 'primary']);
  await expect(page.getByText(/of 20 requests of v2 are in|of 10 outcomes of v2 are in/)).toBeVisible({ timeout: 20_000 });

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText(/^Paused: half of the requests go to v2/)).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText(/Half of the requests go to v2/)).toBeVisible();
  await page.getByRole('button', { name: 'Roll back to v1' }).click();
  await expect(page.getByText('v2 was rolled back. v1 went on to answer all requests.')).toBeVisible();
  await page.getByLabel('Why was it rolled back?').fill('The station moves tomorrow.');
  await page.getByRole('button', { name: 'Give the reason' }).click();
  await expect(page.getByText(/The station moves tomorrow/).first()).toBeVisible();
});

test('a monitor is set up, and its drift read', async () => {
  const page = scientist;
  await open(page, `/${project}/monitoring`, 'Monitoring');
  await page.getByRole('button', { name: 'Watch a deployment…' }).click();
  const form = page.getByRole('form', { name: 'Watch a deployment' });
  await setFigure(form, 'Requests at least', 20);
  await form.getByRole('button', { name: `Watch ${deployment}` }).click();
  await page.waitForURL(new RegExp(`/monitoring/${deployment}`));
  await expect(page.getByText(/temp_max/).first()).toBeVisible({ timeout: 40_000 });
});

test('a request is found by its id, with the way back to data and approval', async () => {
  const page = scientist;
  await open(page, `/${project}/predictions`, 'Predictions');
  await page.getByRole('searchbox', { name: 'Request id' }).or(page.getByLabel('Request id')).first().fill(requestId);
  const found = page.getByRole('table').getByRole('row');
  await expect(found).toHaveCount(4);
  await found.nth(1).getByRole('link').first().click();
  await expect(page.getByText(/weather version 1 said/)).toBeVisible();
  for (const station of ['approved by Rita', 'weather.csv', 'run ']) await expect(page.getByText(station).first()).toBeVisible();
  await expect(page.getByText('Seattle').first()).toBeVisible();
});
