import { type Browser, type BrowserContext, test as base } from '@playwright/test';
import type { Facts } from './screens.ts';
import { findFacts } from './world/facts.ts';
import { type Role, readWorld, sessionFile, type World } from './world/world.ts';

/** What can't be clicked or typed into for so long isn't there. */
const ACT_MS = 20_000;

export type Who = Role | 'nobody';
type Shared = {
  /** The installation in which the story has been played. */
  world: World;
  facts: Facts;
  /** A window of a person who is signed in already; the same one each time, so that scripts come from its cache. */
  windowOf: (who: Who) => Promise<BrowserContext>;
};

export const test = base.extend<object, Shared>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from this pattern.
  world: [async ({}, use) => use(readWorld()), { scope: 'worker' }],
  facts: [async ({ windowOf }, use) => use(await findFacts((await windowOf('scientist')).request)), { scope: 'worker' }],
  windowOf: [
    async ({ browser, world }, use) => {
      const windows = new Map<Who, Promise<BrowserContext>>();
      await use((who) => {
        const known = windows.get(who) ?? openWindow(browser, world, who);
        windows.set(who, known);
        return known;
      });
      for (const window of windows.values()) await (await window).close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ world }, use) => use(world.console),
});

/** A window of its own for a person, which the caller closes. */
export async function openWindow(browser: Browser, world: World, who: Who): Promise<BrowserContext> {
  const window = await browser.newContext({
    baseURL: world.console,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    colorScheme: 'light',
    ...(who === 'nobody' ? {} : { storageState: sessionFile(who) }),
  });
  window.setDefaultTimeout(ACT_MS);
  window.setDefaultNavigationTimeout(3 * ACT_MS);
  return window;
}
