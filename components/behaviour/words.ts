import type { TestKind, TestResult, TestStatus } from '#server/domain/behaviour/test.schema.ts';

export const KIND_WORDS: Record<TestKind, { name: string; short: string; explain: string }> = {
  minimum: { name: 'Minimum functionality', short: 'minimum', explain: 'This input must be answered so.' },
  invariance: { name: 'Invariance', short: 'invariance', explain: 'These changes may not change the answer.' },
  directional: { name: 'Direction', short: 'directional', explain: 'This change must raise or lower the score.' },
  regression: { name: 'Regression cases', short: 'regression', explain: 'What once went wrong, or must stay right.' },
};

export const STATUS_WORDS: Record<TestStatus, string> = {
  passed: 'passed',
  failed: 'failed',
  crashed: 'no answer',
  invalid: 'can’t be asked',
};

/** How many of the results passed, without rows that can't be asked. */
export function countResults(results: readonly TestResult[]): { n: number; failed: number; invalid: number } {
  const asked = results.filter((result) => result.status !== 'invalid');
  return {
    n: asked.length,
    failed: asked.filter((result) => result.status !== 'passed').length,
    invalid: results.length - asked.length,
  };
}
