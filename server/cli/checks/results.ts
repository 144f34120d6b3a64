import { z } from 'zod';

/** What a stage of `npm test` came to. */
export type Counts = { passed: number; failed: number; skipped: number };

const vitest = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwright = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()).default([]),
});

/** Counts of vitest's JSON report. A file that could not be loaded has no tests, and counts as one failure. */
export function readVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = vitest.parse(report);
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed: numPassedTests, failed: numFailedTests + broken, skipped: numPendingTests };
}

/** Counts of Playwright's JSON report. A test that passed only when repeated has failed. */
export function readPlaywright(report: unknown): Counts {
  const { stats, errors } = playwright.parse(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/**
 * The verdict on a stage: its counts, and one failure more where they don't tell it all. A stage that crashed, found
 * no tests, or left no report can't be told from one in which nothing was checked.
 */
export function judge(exitCode: number | null, counts: Counts | undefined): Counts {
  if (!counts) return { passed: 0, failed: 1, skipped: 0 };
  const silent = counts.failed === 0 && (exitCode !== 0 || counts.passed === 0);
  return silent ? { ...counts, failed: 1 } : counts;
}
