import { expect, type Page } from '@playwright/test';
import { openWindow, test } from './fixtures.ts';

const IDLE_MS = 6_000;
const PUSHED_MS = 1_000;
const QUEUE = '/mail/labeling/spam-or-ham';

/** Counts what a page asks the server for from now on; the stream of events stays open and isn't asked again. */
function countRequests(page: Page): () => string[] {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  return () => asked;
}

test('what one person does appears in the window of another within a second, unasked', async ({ browser, world }) => {
  const [hers, his] = await Promise.all([openWindow(browser, world, 'annotator'), openWindow(browser, world, 'scientist')]);
  const [labeling, overview] = await Promise.all([hers.newPage(), his.newPage()]);
  await Promise.all([labeling.goto(`${QUEUE}/work`), overview.goto(QUEUE)]);
  const sentence = overview.getByText(/\d+ of \d+ items are answered/);
  const before = Number(/(\d+) of/.exec(await sentence.innerText())?.[1]);
  await expect(labeling.getByRole('button', { name: /spam/i }).first()).toBeVisible();
  await overview.waitForTimeout(2_000);

  const asked = countRequests(overview);
  await overview.waitForTimeout(IDLE_MS);
  expect(asked()).toEqual([]);

  const stored = labeling.waitForResponse((response) => response.url().includes('labeling.answer'));
  await labeling.keyboard.press('2');
  expect((await stored).ok()).toBe(true);
  const since = Date.now();
  await expect(overview.getByText(`${before + 1} of`)).toBeVisible({ timeout: PUSHED_MS });
  test.info().annotations.push({ type: 'seen after', description: `${Date.now() - since} ms` });
  await Promise.all([hers.close(), his.close()]);
});

test('nothing asks the server again while nothing happens', async ({ windowOf }) => {
  const window = await windowOf('scientist');
  const paths = ['', '/datasets', '/experiments/spam-filter', '/models', '/deployments/spam-filter', '/monitoring/spam-filter'];
  const pages = await Promise.all(
    paths.map(async (path) => {
      const page = await window.newPage();
      await page.goto(`/mail${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      return page;
    }),
  );
  await pages[0]?.waitForTimeout(3_000);
  const counts = pages.map(countRequests);
  await pages[0]?.waitForTimeout(IDLE_MS);
  const asked = counts.map((count, i) => `${paths[i]}: ${count().join(' ')}`).filter((line) => !line.endsWith(': '));
  await Promise.all(pages.map((page) => page.close()));
  expect(asked).toEqual([]);
});
