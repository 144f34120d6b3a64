import { expect } from '@playwright/test';
import { open } from './acts/forms.ts';
import { test } from './fixtures.ts';

test('what fair means is agreed on, with the reason on record, and any column can be looked at', async ({ windowOf }) => {
  const page = await (await windowOf('scientist')).newPage();
  await open(page, '/mail/models/spam-filter/fairness', 'Fairness');
  await page.getByRole('button', { name: /^(Set a policy|Change the policy)…$/ }).click();
  const why = page.getByLabel('Why this meaning and this limit');
  // In a world that was used before there is a rule already; it gets a new reason.
  if ((await why.count()) === 0) await page.getByRole('button', { name: 'Add a rule' }).click();
  await why.last().fill(`Mail of no provider may be lost more often (${new Date().toISOString()}).`);
  await page.getByLabel('Why the policy changes').fill('Agreed with the mail team.');
  await page.getByRole('button', { name: 'Save the policy' }).click();
  await expect(page.getByText('Agreed with the mail team.').first()).toBeVisible();
  await expect(page.getByText(/Policy \d+ by Sam/).first()).toBeVisible();

  await page.getByRole('combobox', { name: 'Column, or two crossed' }).first().focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'from_domain', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Show the figures' }).click();
  await expect(page.getByRole('region', { name: 'By from_domain' }).getByText('Demographic parity', { exact: true })).toBeVisible(
    {
      timeout: 60_000,
    },
  );
  await page.close();
});

test('an answer is explained by its words, on a version and for a logged prediction', async ({ windowOf, facts }) => {
  const page = await (await windowOf('scientist')).newPage();
  await open(page, '/mail/models/spam-filter/4', 'v4');
  await page.getByRole('button', { name: 'Try this input' }).click();
  await page.getByRole('button', { name: 'Explain this answer' }).click();
  await expect(page.getByText('Values are SHAP values, exact, from the weights of the graph', { exact: false })).toBeVisible({
    timeout: 60_000,
  });

  await page.goto(`/mail/predictions/${facts.prediction}`);
  const why = page.getByRole('list', { name: 'Legend' });
  await expect(why).toContainText('solid line');
  await expect(page.getByText(/It (would be|stays) |None of the \d+ permitted changes/).first()).toBeVisible();
  await page.close();
});
