import { describe, expect, test } from 'vitest';
import { judge, readPlaywright, readVitest } from './results.ts';

describe('a stage', () => {
  const good = { passed: 3, failed: 0, skipped: 0 };

  test('that ran and passed counts its tests', () => expect(judge(0, good)).toEqual(good));
  test('that crashed after its tests has failed', () => expect(judge(1, good)).toEqual({ ...good, failed: 1 }));
  test('that was killed has failed', () => expect(judge(null, good).failed).toBe(1));
  test('that found no tests has failed', () => expect(judge(0, { passed: 0, failed: 0, skipped: 4 }).failed).toBe(1));
  test('that left no report has failed', () => expect(judge(0, undefined).failed).toBe(1));
  test('with failures keeps their number', () => expect(judge(1, { ...good, failed: 2 }).failed).toBe(2));
});

test('a test file that could not be loaded counts as a failure', () => {
  const report = {
    numPassedTests: 2,
    numFailedTests: 0,
    numPendingTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [{}, {}, {}] },
      { status: 'failed', assertionResults: [] },
    ],
  };
  expect(readVitest(report)).toEqual({ passed: 2, failed: 1, skipped: 1 });
});

test('a browser test that passed only when repeated counts as a failure', () => {
  const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] };
  expect(readPlaywright(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
});
