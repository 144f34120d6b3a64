import { defineConfig } from '@playwright/test';
import { findBrowser } from './e2e/browser.ts';

const browser = findBrowser();

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/world.setup.ts',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: browser.path, args: browser.args },
  },
});
