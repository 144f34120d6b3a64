import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { config } from '#server/config.ts';
import { DomainError } from '#server/errors.ts';
import { isAlive } from '#server/platform/processes/alive.ts';
import { findBrowser } from '../../e2e/browser.ts';
import { SCREENS } from '../../e2e/screens.ts';
import { settled } from '../../e2e/watch.ts';
import { findFacts } from '../../e2e/world/facts.ts';
import { signIn } from '../../e2e/world/sign-in.ts';
import { startDemo, untilUp } from '../../e2e/world/stack.ts';
import { type Person, personOf, type Role } from '../../e2e/world/world.ts';
import { option, runCommand, say } from './run-command.ts';
import { readRunFile } from './supervisor/run-file.ts';

const FOLDER = 'screens';
const SCHEMES = ['light', 'dark'] as const;
type Who = Role | 'nobody';

/**
 * `npm run screens`: a PNG of every screen of the demo project, light and dark, into `screens/`. Uses the demo that runs
 * on the data folder (`--data FOLDER`), or else starts it, with its story when it hasn't been played.
 */
await runCommand(async () => {
  const args = process.argv.slice(2);
  const data = option(args, 'data') ?? config.dataDir;
  const only = option(args, 'only');
  const demo = await openDemo(data);
  const found = findBrowser();
  const browser = await chromium.launch({ executablePath: found.path, args: found.args });
  try {
    const people = (JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as { people: Person[] }).people;
    const windows = new Map<Who, BrowserContext>();
    const windowOf = async (who: Who) => {
      const known = windows.get(who);
      if (known) return known;
      const made = await browser.newContext({
        baseURL: demo.console,
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
      });
      windows.set(who, made);
      if (who !== 'nobody') await signIn(made, personOf(people, who));
      return made;
    };
    const facts = await findFacts((await windowOf('scientist')).request);
    mkdirSync(FOLDER, { recursive: true });
    for (const screen of SCREENS.filter(({ name }) => !only || name.startsWith(only))) {
      const window = await windowOf(screen.as ?? 'scientist');
      await picture(window, screen.name, screen.path(facts));
      if (screen.empty) await picture(window, `${screen.name}-empty`, screen.empty);
      say(screen.name);
    }
    console.log(`\nThe pictures lie in ${FOLDER}/.`);
  } finally {
    await browser.close();
    await demo.stop();
  }
});

async function picture(window: BrowserContext, name: string, path: string): Promise<void> {
  const page = await window.newPage();
  try {
    await page.emulateMedia({ colorScheme: 'light' });
    await settled(page, () => page.goto(path));
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.waitForTimeout(150);
      await page.screenshot({ path: join(FOLDER, `${name}-${scheme}.png`) });
    }
  } finally {
    await page.close();
  }
}

/** The demo that runs on a data folder, or one that is started now and ends with this command. */
async function openDemo(data: string): Promise<{ console: string; stop(): Promise<void> }> {
  const running = readRunFile(data);
  if (running && isAlive(running.processes.supervisor?.pid ?? 0)) return { console: running.console, stop: async () => {} };
  say('starting the demo');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const stack = startDemo({ data, args: [], logFile: join(data, 'screens.log') });
  stack.onLine((line) => console.log(line));
  process.once('exit', () => stack.child.kill('SIGTERM'));
  await untilUp(stack, 600_000);
  const run = readRunFile(data);
  if (!run) throw new DomainError('UNAVAILABLE', 'The demo did not come up.');
  return { console: run.console, stop: () => stack.stop() };
}
