import { expect, type Page } from '@playwright/test';
import { open } from './forms.ts';

/** Launches trials from the screen and waits, on the live page, until all are done. */
export async function launchTrials(
  page: Page,
  o: { project: string; experiment: string; dataset: string; without?: string[]; l2: string; trials: number },
): Promise<void> {
  await open(page, `/${o.project}/experiments/launch`, 'Launch trials');
  // A project with one dataset has it chosen already.
  await expect(page.getByRole('combobox', { name: 'Dataset', exact: true })).toHaveValue(o.dataset);
  await page.getByRole('combobox', { name: 'Experiment' }).fill(o.experiment);
  await page.keyboard.press('Tab');
  for (const name of o.without ?? []) await page.getByRole('checkbox', { name, exact: true }).uncheck();
  await page.getByLabel('L2').fill(o.l2);
  await page.getByRole('button', { name: o.trials === 1 ? 'Launch 1 trial' : `Launch ${o.trials} trials`, exact: true }).click();
  await page.waitForURL(/\/launches\//);
  await expect(page.getByText(/Training \d|in line for the worker|done/).first()).toBeVisible();
  await expect(page.getByText(o.trials === 1 ? 'The trial is done' : `All ${o.trials} trials are done`)).toBeVisible({
    timeout: 60_000,
  });
}

/** Registers the run that is open as a version of a model. */
export async function registerRun(page: Page, o: { model: string; number: number }): Promise<void> {
  await page.getByRole('link', { name: 'Register as a model version…' }).click();
  await page.getByRole('combobox', { name: 'Model' }).fill(o.model);
  await page.keyboard.press('Tab');
  await page.getByLabel('Note').fill(`Version ${o.number}, by hand`);
  await page.getByRole('button', { name: 'Register the version' }).click();
  await page.waitForURL(new RegExp(`/models/${o.model}/${o.number}$`));
  await expect(page.getByRole('heading', { level: 1, name: `v${o.number}` })).toBeVisible();
}

/** Asks, on the page of a version, for a stage; stays on the request when its evidence is there. */
export async function askFor(page: Page, target: 'staging' | 'production', reason: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Next step' })).toBeVisible();
  await page.getByLabel('Reason').first().fill(reason);
  // From staging there is one way only, and nothing to choose.
  const whereto = page.getByText(new RegExp(`^To ${target}$`, 'i'));
  if (await whereto.isVisible()) await whereto.click();
  await page.getByRole('button', { name: `Ask for ${target}` }).click();
  await page.waitForURL(/\/models\/requests\//);
  await expect(page.getByText(target === 'staging' ? 'in staging' : 'waits for a reviewer').first()).toBeVisible({
    timeout: 30_000,
  });
}

/** Decides a request as a reviewer, from the inbox. */
export async function decide(
  page: Page,
  o: { project: string; model: string; number: number; as: 'Approve' | 'Refuse'; reason: string },
): Promise<void> {
  await open(page, `/${o.project}/models/inbox`, 'Promotion inbox');
  await page.getByRole('link', { name: `${o.model} v${o.number} to production` }).click();
  await page.getByRole('radio', { name: new RegExp(`^${o.as}`) }).click();
  await page.getByLabel('Reason').fill(o.reason);
  await page.getByRole('button', { name: o.as === 'Approve' ? 'Approve for production' : 'Refuse', exact: true }).click();
}
