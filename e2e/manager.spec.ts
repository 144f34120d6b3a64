import { expect } from '@playwright/test';
import { open } from './acts/forms.ts';
import { tell } from './acts/project.ts';
import { test } from './fixtures.ts';

test.describe.configure({ timeout: 150_000 });

/** Words that begin the acts of others; a manager finds none of them. */
const ACTS =
  /^(New |Create |Launch |Register|Ask for|Approve|Refuse|Deploy |Pause|Resume|Roll back|Watch|Label…?$|Make |Import|Revoke|Remove|Archive|Acknowledge|Change steps|Save|Close$|Stop)/;

test('a manager reads home, drift and the record', async ({ windowOf }) => {
  const page = await (await windowOf('manager')).newPage();
  await open(page, '/mail', 'Mail');
  await expect(page.getByRole('heading', { name: 'In production' })).toBeVisible();
  await expect(page.getByText('spam-filter').first()).toBeVisible();

  await page
    .getByRole('navigation', { name: 'Project' })
    .getByRole('link', { name: /^Monitoring/ })
    .click();
  await page.getByRole('table', { name: 'Monitors' }).getByRole('link', { name: 'spam-filter' }).first().click();
  await expect(page.getByText(/\d+ drift/).first()).toBeVisible();

  await page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Audit' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Search the record' }).fill('spam-filter');
  await expect(page).toHaveURL(/spam-filter/);
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.close();
});

test('a manager is offered no act anywhere, and the server takes none', async ({ windowOf, facts }) => {
  const window = await windowOf('manager');
  const page = await window.newPage();
  const screens = [
    ['/datasets', 'Data'],
    ['/datasets/mail/3', 'v3'],
    ['/labeling/spam-or-ham', 'spam-or-ham'],
    ['/experiments', 'Experiments'],
    [`/experiments/spam-filter/runs/${facts.run}`, facts.run],
    ['/models/spam-filter/1', 'v1'],
    [`/models/requests/${facts.request}`, /Promote/],
    ['/deployments', 'Deployments'],
    ['/deployments/spam-filter', 'spam-filter'],
    ['/monitoring/spam-filter', 'spam-filter'],
    ['/settings', 'Project settings'],
  ] as const;
  const main = page.getByRole('main');
  for (const [path, heading] of screens) {
    await open(page, `/mail${path}`, heading);
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: 30_000 });
    const offered = await main
      .getByRole('button', { name: ACTS })
      .or(main.getByRole('link', { name: ACTS }))
      .allInnerTexts();
    expect(offered, path).toEqual([]);
  }
  await expect(page.getByRole('link', { name: 'API tokens' })).toHaveCount(0);
  const refused = tell(window.request, 'experiments.create', { project: 'mail', name: 'by-a-manager' });
  await expect(refused).rejects.toThrow(/answered 403/);
  await page.close();
});
