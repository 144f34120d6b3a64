import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const QUIET_MS = 250;
const LIMIT_MS = 20_000;

/** Collects what must not happen on a page: console errors, uncaught errors, violations of the security policy. */
export async function watch(page: Page, o: { permitted?: RegExp } = {}): Promise<{ complaints: string[] }> {
  const complaints: string[] = [];
  const note = (text: string) => {
    if (!o.permitted?.test(text)) complaints.push(text.slice(0, 600));
  };
  page.on('console', (message) => {
    if (message.type() === 'error') note(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => note(`error: ${error.stack ?? error.message}`));
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`security policy: ${event.violatedDirective} ${event.blockedURI}`),
    ),
  );
  return { complaints };
}

/** Waits until nothing is being fetched (the live stream apart) and no skeleton is shown. */
export async function settled(page: Page, go: () => Promise<unknown>): Promise<void> {
  const open = new Set<unknown>();
  let last = Date.now();
  page.on('request', (request) => {
    if (request.url().includes('/live.events')) return;
    open.add(request);
    last = Date.now();
  });
  const done = (request: unknown) => {
    if (open.delete(request)) last = Date.now();
  };
  page.on('requestfinished', done);
  page.on('requestfailed', done);
  await go();
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const quiet = open.size === 0 && Date.now() - last > QUIET_MS;
    if (quiet && (await page.locator('[aria-busy="true"]').count()) === 0) return;
    if (Date.now() > end) throw new Error(`${page.url()} is still busy after ${LIMIT_MS / 1000} s.`);
    await page.waitForTimeout(50);
  }
}

/** What axe finds in light, and what dark colours add to it. */
export async function findBarriers(page: Page, o: { dark: boolean }): Promise<string[]> {
  const light = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  if (!o.dark) return light.violations.flatMap((violation) => describe(violation, 'light'));
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await new AxeBuilder({ page }).setLegacyMode(true).withRules(['color-contrast']).analyze();
  return [
    ...light.violations.flatMap((violation) => describe(violation, 'light')),
    ...dark.violations.flatMap((violation) => describe(violation, 'dark')),
  ];
}

type Violation = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number];

function describe(violation: Violation, scheme: string): string[] {
  return violation.nodes.slice(0, 4).map((node) => {
    const why = [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ');
    return `axe (${scheme}) ${violation.id}: ${node.html.slice(0, 200)} ${why.slice(0, 240)}`;
  });
}
