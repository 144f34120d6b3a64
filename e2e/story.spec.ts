import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { ask } from './world/ask.ts';

type Row = { requestId: string; outcome: string | null; errorCode: string | null };
type Page = { predictions: Row[]; nextCursor: unknown };

test('every step of the story did what it says', ({ world }) => {
  expect(world.steps.length).toBeGreaterThanOrEqual(17);
  expect(world.steps.filter((step) => !step.ok)).toEqual([]);
});

test('an inference worker, a database connection and the worker were killed in its middle', ({ world }) => {
  expect(world.kills.map(({ what, during }) => `${what} in ${during.split(':')[0]}`)).toEqual([
    'worker in Experiments',
    'inference worker in Canary',
    'database connection in Canary',
  ]);
});

test('each replayed mail was logged once, answered, and with its outcome', async ({ world, windowOf }) => {
  const expected = world.steps.find((step) => step.name.startsWith('Serving'))?.figures.production;
  const session = (await windowOf('manager')).request;
  const rows: Row[] = [];
  for (let cursor: unknown; ; ) {
    const page: Page = await ask(session, 'predictions.search', { project: 'mail', limit: 200, ...(cursor ? { cursor } : {}) });
    rows.push(...page.predictions);
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  const mails = rows.filter((row) => row.outcome !== null);
  expect(rows.filter((row) => row.errorCode !== null)).toEqual([]);
  expect(new Set(rows.map((row) => row.requestId)).size).toBe(rows.length);
  expect(mails.length).toBe(expected);
});
