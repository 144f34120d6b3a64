import { type Browser, type BrowserContext, expect } from '@playwright/test';
import { openWindow } from '../fixtures.ts';
import type { World } from '../world/world.ts';
import { freshName, type Session, tell } from './project.ts';

/** Invites a new person into a project by e-mail and joins as them by the one-time link. @returns their window, signed in */
export async function invite(
  browser: Browser,
  world: World,
  admin: Session,
  o: { project: string; role: string; name: string },
): Promise<BrowserContext> {
  const email = `${freshName('guest')}@demo.invalid`;
  const made = await tell<{ path: string }>(admin, 'projects.members.add', { project: o.project, email, role: o.role });
  const window = await openWindow(browser, world, 'nobody');
  const page = await window.newPage();
  await page.goto(made.path);
  await page.getByLabel('Name').fill(o.name);
  await page.getByLabel('Password', { exact: true }).fill('a-first-password');
  await page.getByRole('button', { name: 'Join' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/invite'));
  await expect(page.getByRole('main')).toBeVisible();
  await page.close();
  return window;
}
