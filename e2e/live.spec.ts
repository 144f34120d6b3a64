import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type Page, type Request } from '@playwright/test';
import { openWindow, test } from './fixtures.ts';

const IDLE_MS = 6_000;
const CALM_WITHIN_MS = 45_000;
const PUSHED_MS = 1_000;
const QUEUE = '/mail/labeling/spam-or-ham';

/**
 * Waits for six seconds in which none of the pages asks the server for anything. What is still on its way when the specs begin
 * (a monitor that is being renewed) may be pushed and read before; a page that polls never comes to rest.
 */
async function comeToRest(pages: readonly Page[]): Promise<void> {
  const began = Date.now();
  let last = began;
  const asked: string[] = [];
  const note = (page: Page) => (request: Request) => {
    last = Date.now();
    asked.push(`${new URL(page.url()).pathname} asks ${new URL(request.url()).pathname}`);
  };
  const notes = pages.map((page) => ({ page, fn: note(page) }));
  for (const { page, fn } of notes) page.on('request', fn);
  while (Date.now() - last < IDLE_MS) {
    expect(Date.now() - began, asked.slice(-8).join('\n')).toBeLessThan(CALM_WITHIN_MS);
    await sleep(100);
  }
  for (const { page, fn } of notes) page.off('request', fn);
}

test('what one person does appears in the window of another within a second, unasked', async ({ browser, world }) => {
  const [hers, his] = await Promise.all([openWindow(browser, world, 'annotator'), openWindow(browser, world, 'scientist')]);
  const [labeling, overview] = await Promise.all([hers.newPage(), his.newPage()]);
  await Promise.all([labeling.goto(`${QUEUE}/work`), overview.goto(QUEUE)]);
  const sentence = overview.getByText(/\d+ of \d+ items are answered/);
  const before = Number(/(\d+) of/.exec(await sentence.innerText())?.[1]);
  await expect(labeling.getByRole('button', { name: /spam/i }).first()).toBeVisible();
  await comeToRest([overview]);

  const stored = labeling.waitForResponse((response) => response.url().includes('labeling.answer'));
  await labeling.keyboard.press('2');
  expect((await stored).ok()).toBe(true);
  const since = Date.now();
  await expect(overview.getByText(`${before + 1} of`).first()).toBeVisible({ timeout: PUSHED_MS });
  test.info().annotations.push({ type: 'seen after', description: `${Date.now() - since} ms` });
  await Promise.all([hers.close(), his.close()]);
});

test('nothing asks the server again while nothing happens', async ({ windowOf }) => {
  const window = await windowOf('scientist');
  // Four: each holds its stream of events open, and a browser has six connections for one server.
  const paths = ['', '/experiments/spam-filter', '/deployments/spam-filter', '/monitoring/spam-filter'];
  const pages = await Promise.all(
    paths.map(async (path) => {
      const page = await window.newPage();
      await page.goto(`/mail${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      return page;
    }),
  );
  await comeToRest(pages);
  await Promise.all(pages.map((page) => page.close()));
});
