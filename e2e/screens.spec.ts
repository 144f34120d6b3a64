import { type BrowserContext, expect, type Page } from '@playwright/test';
import { test } from './fixtures.ts';
import { SCREENS, type ScreenCase } from './screens.ts';
import { findBarriers, settled, watch } from './watch.ts';

const REQUEST_ID = '0f9d2b9e-53c0-4f5e-9d0e-6a6f4c1f7a11';
const REFUSED = /Failed to load resource.*\b500\b/;

test.use({ trace: 'off', screenshot: 'off' });

for (const screen of SCREENS) {
  test(`${screen.name}: full, empty, failing`, async ({ windowOf, facts }, info) => {
    const window = await windowOf(screen.as ?? 'scientist');
    const shot = (kind: string, page: Page) => page.screenshot({ path: info.outputPath(`${kind}.png`) });
    const findings = await Promise.all([
      visit(window, 'full', shot, (page) => full(page, screen, screen.path(facts))),
      screen.empty ? visit(window, 'empty', shot, (page) => empty(page, screen.empty ?? '')) : [],
      screen.query ? visit(window, 'failing', shot, (page) => failing(page, screen, screen.path(facts))) : [],
    ]);
    expect(findings.flat()).toEqual([]);
  });
}

/** A page of its own for one visit; keeps a picture when something is wrong. */
async function visit(
  window: BrowserContext,
  kind: string,
  shot: (kind: string, page: Page) => Promise<unknown>,
  look: (page: Page) => Promise<string[]>,
): Promise<string[]> {
  const page = await window.newPage();
  try {
    const findings = await look(page).catch((error: Error) => [error.message]);
    if (findings.length) await shot(kind, page).catch(() => undefined);
    return findings.map((finding) => `${kind}: ${finding}`);
  } finally {
    await page.close();
  }
}

async function full(page: Page, screen: ScreenCase, path: string): Promise<string[]> {
  const { complaints } = await watch(page);
  await settled(page, () => page.goto(path));
  await expect(page.locator('body')).toContainText(screen.shows);
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  return [...(await findBarriers(page, { dark: true })), ...complaints];
}

/** In a project that has nothing yet each screen stands, and says what comes next. */
async function empty(page: Page, path: string): Promise<string[]> {
  const { complaints } = await watch(page);
  await settled(page, () => page.goto(path));
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  return [...(await findBarriers(page, { dark: false })), ...complaints];
}

/** Its main query fails: the screen says so with the request's id, and asks again when told to. */
async function failing(page: Page, screen: ScreenCase, path: string): Promise<string[]> {
  const { complaints } = await watch(page, { permitted: REFUSED });
  const pattern = (url: URL) => url.pathname.startsWith('/api/trpc/') && procedures(url).includes(screen.query ?? '');
  await page.route(pattern, (route) => route.fulfill({ status: 500, json: refusal(screen.query ?? '') }));
  await page.goto(path);
  const alert = page.getByRole('alert').filter({ has: page.getByRole('button', { name: 'Try again' }) });
  await expect(alert.first()).toBeVisible();
  await expect(alert.first()).toContainText(REQUEST_ID);
  const findings = await findBarriers(page, { dark: false });
  await page.unroute(pattern);
  // More than one part of a screen may have failed, each with its own button; and what happens elsewhere may renew it in between.
  await expect(async () => {
    await alert
      .first()
      .getByRole('button', { name: 'Try again' })
      .click({ timeout: 500 })
      .catch(() => undefined);
    await expect(alert).toHaveCount(0, { timeout: 1_500 });
  }).toPass({ timeout: 10_000 });
  return [...findings, ...complaints];
}

function procedures(url: URL): string[] {
  return decodeURIComponent(url.pathname.slice('/api/trpc/'.length)).split(',');
}

/** What the console answers when something fails on its side. */
function refusal(path: string) {
  const message = 'Something failed on our side. Try again; if it stays, tell an administrator the request id.';
  const data = { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, path, requestId: REQUEST_ID, details: null, issues: null };
  return { error: { json: { message, code: -32603, data } } };
}
