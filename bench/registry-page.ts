import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { readRunFile } from '#server/cli/supervisor/run-file.ts';
import { isAlive } from '#server/platform/processes/alive.ts';
import { findBrowser } from '../e2e/browser.ts';
import { SCREENS } from '../e2e/screens.ts';
import { settled } from '../e2e/watch.ts';
import { findFacts } from '../e2e/world/facts.ts';
import { signIn } from '../e2e/world/sign-in.ts';
import { type Person, personOf } from '../e2e/world/world.ts';

const TIMES = 7;

/**
 * How long the reviewer's page of the demo that runs on a data folder takes until its largest part is painted, in ms,
 * each time in a page of its own with a warm cache.
 * @returns the reason in words when it can't be measured here
 */
export async function paintedPage(dataDir: string): Promise<number[] | string> {
  const running = readRunFile(dataDir);
  if (!running || !isAlive(running.processes.supervisor?.pid ?? 0)) return `no demo runs on ${dataDir}: npm run demo, then again`;
  const screen = SCREENS.find(({ name }) => name === 'promotion');
  if (!screen) return 'the list of screens has no promotion page';
  let found: ReturnType<typeof findBrowser>;
  try {
    found = findBrowser();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { people } = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as { people: Person[] };
  const browser = await chromium.launch({ executablePath: found.path, args: found.args });
  try {
    const window = await browser.newContext({ baseURL: running.console, viewport: { width: 1440, height: 900 } });
    await signIn(window, personOf(people, 'reviewer'));
    const path = screen.path(await findFacts(window.request));
    const times: number[] = [];
    for (let i = 0; i <= TIMES; i++) {
      const page = await window.newPage();
      await page.addInitScript(() => {
        new PerformanceObserver((list) => {
          document.documentElement.dataset.painted = String(list.getEntries().at(-1)?.startTime ?? 0);
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      });
      await settled(page, () => page.goto(path));
      const painted = Number(await page.evaluate(() => document.documentElement.dataset.painted ?? '0'));
      await page.close();
      // The first one warms the server and the browser's cache.
      if (i > 0 && painted > 0) times.push(painted);
    }
    return times.length > 0 ? times : 'the browser told no paint';
  } finally {
    await browser.close();
  }
}
