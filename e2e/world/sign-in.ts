import { type BrowserContext, chromium } from '@playwright/test';
import { findBrowser } from '../browser.ts';
import { type Person, sessionFile } from './world.ts';

/** Signs each person in by the form that people use, once, and keeps their cookies for the specs. */
export async function signInAll(world: { console: string; people: Person[] }): Promise<void> {
  const found = findBrowser();
  const browser = await chromium.launch({ executablePath: found.path, args: found.args });
  try {
    for (const person of world.people) {
      const context = await browser.newContext({ baseURL: world.console });
      await signIn(context, person);
      await context.storageState({ path: sessionFile(person.role) });
      await context.close();
    }
  } finally {
    await browser.close();
  }
}

/** Signs one person in by the form. The window keeps the session. */
export async function signIn(window: BrowserContext, person: Person): Promise<void> {
  const page = await window.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await page.close();
}
